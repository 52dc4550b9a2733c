//! Codes of `plan`.

codes! { "plan":
    NAME_TAKEN = "name_taken" Note;
    NOT_SUPPORTED = "not_supported" Warning;
    EXAMPLE_NOT_USED = "example_not_used" Warning;
    PACKAGE_NAME = "package_name" Error;
}
