//! Structs as a careful hand would write them for just these answers: the members that come, and no others.

use crate::model::{AssignedLicense, AssignedPlan, EmployeeOrgData, ObjectIdentity};
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
