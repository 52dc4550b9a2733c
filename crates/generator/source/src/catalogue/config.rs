//! Codes of the configuration: `schemas/codegen.yaml` and the command line.

codes! { "config":
    SYNTAX = "syntax" Error;
    UNKNOWN_TARGET = "unknown_target" Error;
    INVALID = "invalid" Error;
}
