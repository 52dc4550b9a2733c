//! Codes of the configuration: `schemas/codegen.yaml` and the command line.

codes! { "config":
    SYNTAX = "syntax" Error;
    UNKNOWN_TARGET = "unknown_target" Error;
    INVALID = "invalid" Error;
    BASELINE_ENTRY = "baseline_entry" Error;
    BASELINE_STALE = "baseline_stale" Error;
    SUPPRESSION = "suppression" Error;
    SUPPRESSION_UNUSED = "suppression_unused" Warning;
    UNKNOWN_NAME = "unknown_name" Error;
}
