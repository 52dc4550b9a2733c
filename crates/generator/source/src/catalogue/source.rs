//! Codes of `source`.

codes! { "source":
    ENCODING = "encoding" Error;
    TOO_LARGE = "too_large" Error;
}
