//! Codes of `csdl`.

codes! { "csdl":
    EMPTY = "empty" Error;
    NOT_XML = "not_xml" Error;
    HTML = "html" Error;
    DTD = "dtd" Error;
    TOO_LARGE = "too_large" Error;
    TOO_DEEP = "too_deep" Error;
    TOO_MANY = "too_many" Error;
    MALFORMED = "malformed" Error;
    UNBOUND_PREFIX = "unbound_prefix" Error;
    ROOT = "root" Error;
    VERSION = "version" Error;
    MISSING_ATTRIBUTE = "missing_attribute" Error;
    MISSING_ELEMENT = "missing_element" Error;
    BAD_VALUE = "bad_value" Error;
    REPEATED_ELEMENT = "repeated_element" Error;
    SECOND_VALUE = "second_value" Error;
    MORE_ERRORS = "more_errors" Error;
    UNKNOWN_ELEMENT = "unknown_element" Warning;
    UNKNOWN_ATTRIBUTE = "unknown_attribute" Warning;
    STRAY_TEXT = "stray_text" Warning;
    SPELLING = "spelling" Warning;
    OPERANDS = "operands" Warning;
    MORE_WARNINGS = "more_warnings" Warning;
    FOREIGN = "foreign" Note;
}
