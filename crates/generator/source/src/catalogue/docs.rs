//! Codes of `docs`: what a documentation page makes hard to read.

codes! { "docs":
    FRONT_MATTER_YAML = "front_matter_yaml" Warning;
    UNCLOSED_FENCE = "unclosed_fence" Error;
    BROKEN_FENCE = "broken_fence" Warning;
    UNCLOSED_COMMENT = "unclosed_comment" Warning;
    ANNOTATION_JSON = "annotation_json" Error;
    PAGE_ANNOTATION_JSON = "page_annotation_json" Warning;
    BLOCK_TYPE = "block_type" Warning;
    BOOLEAN_AS_TEXT = "boolean_as_text" Warning;
    ANNOTATION_VALUE = "annotation_value" Warning;
    UNBOUND_ANNOTATION = "unbound_annotation" Warning;
    INDENTED_ANNOTATION = "indented_annotation" Warning;
    JSON_COMMENT = "json_comment" Warning;
    JSON_TRAILING_COMMA = "json_trailing_comma" Warning;
    JSON_MISSING_COMMA = "json_missing_comma" Warning;
    JSON_SINGLE_QUOTES = "json_single_quotes" Warning;
    JSON_UNQUOTED_NAME = "json_unquoted_name" Warning;
    JSON_RAW_NEWLINE = "json_raw_newline" Warning;
    JSON_WHITE_SPACE = "json_white_space" Warning;
    JSON_DUPLICATE_NAME = "json_duplicate_name" Warning;
    JSON_ENTITIES = "json_entities" Warning;
    JSON_TRAILING_TEXT = "json_trailing_text" Warning;
    BODY_JSON = "body_json" Warning;
    NOT_HTTP = "not_http" Warning;
    HTTP_VERSION = "http_version" Warning;
    REASON_PHRASE = "reason_phrase" Warning;
    BLANK_LINE_BEFORE_HEADERS = "blank_line_before_headers" Warning;
    BODY_WITHOUT_BLANK_LINE = "body_without_blank_line" Warning;
    FURTHER_REQUEST_LINE = "further_request_line" Warning;
    HEADER_LINE = "header_line" Warning;
    TEMPLATE_LINE = "template_line" Warning;
    ORPHAN_RESPONSE = "orphan_response" Warning;
    SECOND_RESPONSE = "second_response" Warning;
    REQUEST_WITHOUT_NAME = "request_without_name" Warning;
    REPEATED_REQUEST_NAME = "repeated_request_name" Warning;
    UNANNOTATED_EXAMPLE = "unannotated_example" Note;
    PERMISSION_ROW = "permission_row" Warning;
    PERMISSION_CELL = "permission_cell" Warning;
    PERMISSIONS_INCLUDED = "permissions_included" Warning;
    TABLE_ROW = "table_row" Warning;
    MOJIBAKE = "mojibake" Warning;
    NO_ANNOTATIONS = "no_annotations" Warning;
}
