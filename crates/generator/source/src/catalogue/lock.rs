//! Codes of `codegen.lock`: what has changed since the output was generated.

codes! { "lock":
    INPUT_CHANGED = "input_changed" Error;
    INPUT_ADDED = "input_added" Error;
    INPUT_REMOVED = "input_removed" Error;
    CONFIGURATION_CHANGED = "configuration_changed" Error;
    GENERATOR_CHANGED = "generator_changed" Error;
    NEWER = "newer" Error;
    MALFORMED = "malformed" Warning;
}
