//! Codes of `emit`.

codes! { "emit":
    UNPRINTABLE = "unprintable" Error;
}
