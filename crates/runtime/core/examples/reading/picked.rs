//! Structs as a careful hand would write them for just these answers: the members that come, and no others.

use crate::model::{
    AssignedLicense, AssignedPlan, EmployeeOrgData, FollowupFlag, Importance,
    InferenceClassification, ItemBody, ObjectIdentity, Recipient,
};
use msgraph_core::edm::DateTimeOffset;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PickedUser {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account_enabled: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    age_group: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    assigned_licenses: Option<Vec<AssignedLicense>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    assigned_plans: Option<Vec<AssignedPlan>>,
    business_phones: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    city: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    company_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created_date_time: Option<DateTimeOffset>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    department: Option<String>,
    display_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    employee_org_data: Option<EmployeeOrgData>,
    given_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    identities: Option<Vec<ObjectIdentity>>,
    job_title: Option<String>,
    mail: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mail_nickname: Option<String>,
    mobile_phone: Option<String>,
    office_location: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    other_mails: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    preferred_language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    proxy_addresses: Option<Vec<String>>,
    surname: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    usage_location: Option<String>,
    user_principal_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user_type: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PickedMessage {
    id: String,
    created_date_time: DateTimeOffset,
    last_modified_date_time: DateTimeOffset,
    change_key: String,
    categories: Vec<String>,
    received_date_time: DateTimeOffset,
    sent_date_time: DateTimeOffset,
    has_attachments: bool,
    internet_message_id: String,
    subject: Option<String>,
    body_preview: String,
    importance: Importance,
    parent_folder_id: String,
    conversation_id: String,
    conversation_index: String,
    is_delivery_receipt_requested: Option<bool>,
    is_read_receipt_requested: bool,
    is_read: bool,
    is_draft: bool,
    web_link: String,
    inference_classification: InferenceClassification,
    body: ItemBody,
    sender: Recipient,
    from: Recipient,
    to_recipients: Vec<Recipient>,
    cc_recipients: Vec<Recipient>,
    bcc_recipients: Vec<Recipient>,
    reply_to: Vec<Recipient>,
    flag: FollowupFlag,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct ListedMessage {
    id: String,
    subject: Option<String>,
    sender: Recipient,
}
