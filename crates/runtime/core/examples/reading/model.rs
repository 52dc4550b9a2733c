//! The user type of Graph with all of its 137 members and the message type with its 35, as tables and as structs
//! with derived serde traits. Both are made from one list, so that neither has a member that the other lacks.

use msgraph_core::edm::{DateTimeOffset, Guid};
use msgraph_core::{EnumTable, Table, Type};
use serde::{Deserialize, Serialize};

/// What a member is: its type in a struct, its kind in a table, and the table of its own type.
macro_rules! member {
    (type text) => { Option<String> };
    (type flag) => { Option<bool> };
    (type int) => { Option<i32> };
    (type time) => { Option<DateTimeOffset> };
    (type guid) => { Option<Guid> };
    (type texts) => { Option<Vec<String>> };
    (type guids) => { Option<Vec<Guid>> };
    (type binary) => { Option<String> };
    (type choice $name:ident) => { Option<$name> };
    (type object $name:ident) => { Option<Box<$name>> };
    // In place, as a generator of structs has it where no cycle forbids.
    (type part $name:ident) => { Option<$name> };
    (type objects $name:ident) => { Option<Vec<$name>> };
    (kind text) => { b's' };
    (kind flag) => { b'b' };
    (kind int) => { b'i' };
    (kind time) => { b't' };
    (kind guid) => { b'g' };
    (kind texts) => { b'S' };
    (kind guids) => { b'G' };
    (kind binary) => { b'n' };
    (kind choice $name:ident) => { b'e' };
    (kind object $name:ident) => { b'o' };
    (kind part $name:ident) => { b'o' };
    (kind objects $name:ident) => { b'O' };
    (table object $name:ident) => { Some(Type::Object($name::TABLE)) };
    (table part $name:ident) => { Some(Type::Object($name::TABLE)) };
    (table objects $name:ident) => { Some(Type::Object($name::TABLE)) };
    (table choice $name:ident) => { Some(Type::Enum($name::TABLE)) };
    (table $other:ident) => { None };
}

macro_rules! model {
    ($name:ident: $($member:literal $field:ident: $kind:ident $($of:ident)?,)*) => {
        #[derive(Serialize, Deserialize)]
        pub(crate) struct $name {
            $(
                #[serde(rename = $member, default, skip_serializing_if = "Option::is_none")]
                $field: member!(type $kind $($of)?),
            )*
        }

        impl $name {
            pub(crate) const TABLE: &'static Table = {
                const TABLES: &[Option<Type>] = &[$(member!(table $kind $($of)?)),*];
                static TYPES: [(u16, Type); count(TABLES)] = types(TABLES);
                static TABLE: Table = Table {
                    name: stringify!($name),
                    base: None,
                    derived: &[],
                    is_open: false,
                    is_abstract: false,
                    inherited: 0,
                    names: &[$($member),*],
                    kinds: &[$(member!(kind $kind $($of)?), b'?'),*],
                    types: &TYPES,
                };
                &TABLE
            };
        }
    };
}

const fn count(tables: &[Option<Type>]) -> usize {
    let (mut index, mut count) = (0, 0);
    while index < tables.len() {
        count += tables[index].is_some() as usize;
        index += 1;
    }
    count
}

const fn types<const N: usize>(tables: &[Option<Type>]) -> [(u16, Type); N] {
    let mut types = [(0, Type::Object(AssignedLicense::TABLE)); N];
    let (mut index, mut count) = (0, 0);
    while index < tables.len() {
        if let Some(ty) = tables[index] {
            types[count] = (index as u16, ty);
            count += 1;
        }
        index += 1;
    }
    types
}

/// An enumeration, as a table and as an enum with derived serde traits.
macro_rules! choice {
    ($name:ident: $($wire:literal $variant:ident,)*) => {
        #[derive(Serialize, Deserialize)]
        pub(crate) enum $name {
            $(
                #[serde(rename = $wire)]
                $variant,
            )*
        }

        impl $name {
            const TABLE: &'static EnumTable = &EnumTable {
                name: stringify!($name),
                members: &[$($wire),*],
                values: &[$($name::$variant as i64),*],
                is_flags: false,
            };
        }
    };
}

choice! { BodyType: "text" Text, "html" Html, }
choice! { Importance: "low" Low, "normal" Normal, "high" High, }
choice! { InferenceClassification: "focused" Focused, "other" Other, }
choice! { FlagStatus: "notFlagged" NotFlagged, "complete" Complete, "flagged" Flagged, }

model! { EmailAddress:
    "address" address: text,
    "name" name: text,
}

model! { Recipient:
    "emailAddress" email_address: part EmailAddress,
}

model! { ItemBody:
    "content" content: text,
    "contentType" content_type: choice BodyType,
}

model! { DateTimeTimeZone:
    "dateTime" date_time: text,
    "timeZone" time_zone: text,
}

model! { FollowupFlag:
    "completedDateTime" completed_date_time: part DateTimeTimeZone,
    "dueDateTime" due_date_time: part DateTimeTimeZone,
    "flagStatus" flag_status: choice FlagStatus,
    "startDateTime" start_date_time: part DateTimeTimeZone,
}

model! { InternetMessageHeader:
    "name" name: text,
    "value" value: text,
}

model! { Message:
    "id" id: text,
    "categories" categories: texts,
    "changeKey" change_key: text,
    "createdDateTime" created_date_time: time,
    "lastModifiedDateTime" last_modified_date_time: time,
    "bccRecipients" bcc_recipients: objects Recipient,
    "body" body: part ItemBody,
    "bodyPreview" body_preview: text,
    "ccRecipients" cc_recipients: objects Recipient,
    "conversationId" conversation_id: text,
    "conversationIndex" conversation_index: binary,
    "flag" flag: part FollowupFlag,
    "from" from: part Recipient,
    "hasAttachments" has_attachments: flag,
    "importance" importance: choice Importance,
    "inferenceClassification" inference_classification: choice InferenceClassification,
    "internetMessageHeaders" internet_message_headers: objects InternetMessageHeader,
    "internetMessageId" internet_message_id: text,
    "isDeliveryReceiptRequested" is_delivery_receipt_requested: flag,
    "isDraft" is_draft: flag,
    "isRead" is_read: flag,
    "isReadReceiptRequested" is_read_receipt_requested: flag,
    "parentFolderId" parent_folder_id: text,
    "receivedDateTime" received_date_time: time,
    "replyTo" reply_to: objects Recipient,
    "sender" sender: part Recipient,
    "sentDateTime" sent_date_time: time,
    "subject" subject: text,
    "toRecipients" to_recipients: objects Recipient,
    "uniqueBody" unique_body: part ItemBody,
    "webLink" web_link: text,
    "attachments" attachments: objects DirectoryObject,
    "extensions" extensions: objects DirectoryObject,
    "multiValueExtendedProperties" multi_value_extended_properties: objects DirectoryObject,
    "singleValueExtendedProperties" single_value_extended_properties: objects DirectoryObject,
}

model! { AssignedLicense:
    "disabledPlans" disabled_plans: guids,
    "skuId" sku_id: guid,
}

model! { AssignedPlan:
    "assignedDateTime" assigned_date_time: time,
    "capabilityStatus" capability_status: text,
    "service" service: text,
    "servicePlanId" service_plan_id: guid,
}

model! { EmployeeOrgData:
    "costCenter" cost_center: text,
    "division" division: text,
}

model! { ObjectIdentity:
    "issuer" issuer: text,
    "issuerAssignedId" issuer_assigned_id: text,
    "signInType" sign_in_type: text,
}

model! { PasswordProfile:
    "forceChangePasswordNextSignIn" force_change: flag,
    "forceChangePasswordNextSignInWithMfa" force_change_with_mfa: flag,
    "password" password: text,
}

model! { ProvisionedPlan:
    "capabilityStatus" capability_status: text,
    "provisioningStatus" provisioning_status: text,
    "service" service: text,
}

// Stands for the types of all navigation properties, of which an answer has none.
model! { DirectoryObject:
    "id" id: text,
    "deletedDateTime" deleted_date_time: time,
}

model! { User:
    "id" id: text,
    "deletedDateTime" deleted_date_time: time,
    "aboutMe" about_me: text,
    "accountEnabled" account_enabled: flag,
    "ageGroup" age_group: text,
    "assignedLicenses" assigned_licenses: objects AssignedLicense,
    "assignedPlans" assigned_plans: objects AssignedPlan,
    "authorizationInfo" authorization_info: object DirectoryObject,
    "birthday" birthday: time,
    "businessPhones" business_phones: texts,
    "city" city: text,
    "companyName" company_name: text,
    "consentProvidedForMinor" consent_provided_for_minor: text,
    "country" country: text,
    "createdDateTime" created_date_time: time,
    "creationType" creation_type: text,
    "customSecurityAttributes" custom_security_attributes: object DirectoryObject,
    "department" department: text,
    "deviceEnrollmentLimit" device_enrollment_limit: int,
    "displayName" display_name: text,
    "employeeHireDate" employee_hire_date: time,
    "employeeId" employee_id: text,
    "employeeLeaveDateTime" employee_leave_date_time: time,
    "employeeOrgData" employee_org_data: object EmployeeOrgData,
    "employeeType" employee_type: text,
    "externalUserState" external_user_state: text,
    "externalUserStateChangeDateTime" external_user_state_change_date_time: time,
    "faxNumber" fax_number: text,
    "givenName" given_name: text,
    "hireDate" hire_date: time,
    "identities" identities: objects ObjectIdentity,
    "identityParentId" identity_parent_id: text,
    "imAddresses" im_addresses: texts,
    "interests" interests: texts,
    "isManagementRestricted" is_management_restricted: flag,
    "isResourceAccount" is_resource_account: flag,
    "jobTitle" job_title: text,
    "lastPasswordChangeDateTime" last_password_change_date_time: time,
    "legalAgeGroupClassification" legal_age_group_classification: text,
    "licenseAssignmentStates" license_assignment_states: objects DirectoryObject,
    "mail" mail: text,
    "mailboxSettings" mailbox_settings: object DirectoryObject,
    "mailNickname" mail_nickname: text,
    "mobilePhone" mobile_phone: text,
    "mySite" my_site: text,
    "officeLocation" office_location: text,
    "onPremisesDistinguishedName" on_premises_distinguished_name: text,
    "onPremisesDomainName" on_premises_domain_name: text,
    "onPremisesExtensionAttributes" on_premises_extension_attributes: object DirectoryObject,
    "onPremisesImmutableId" on_premises_immutable_id: text,
    "onPremisesLastSyncDateTime" on_premises_last_sync_date_time: time,
    "onPremisesProvisioningErrors" on_premises_provisioning_errors: objects DirectoryObject,
    "onPremisesSamAccountName" on_premises_sam_account_name: text,
    "onPremisesSecurityIdentifier" on_premises_security_identifier: text,
    "onPremisesSyncEnabled" on_premises_sync_enabled: flag,
    "onPremisesUserPrincipalName" on_premises_user_principal_name: text,
    "otherMails" other_mails: texts,
    "passwordPolicies" password_policies: text,
    "passwordProfile" password_profile: object PasswordProfile,
    "pastProjects" past_projects: texts,
    "postalCode" postal_code: text,
    "preferredDataLocation" preferred_data_location: text,
    "preferredLanguage" preferred_language: text,
    "preferredName" preferred_name: text,
    "print" print_settings: object DirectoryObject,
    "provisionedPlans" provisioned_plans: objects ProvisionedPlan,
    "proxyAddresses" proxy_addresses: texts,
    "responsibilities" responsibilities: texts,
    "schools" schools: texts,
    "securityIdentifier" security_identifier: text,
    "serviceProvisioningErrors" service_provisioning_errors: objects DirectoryObject,
    "showInAddressList" show_in_address_list: flag,
    "signInActivity" sign_in_activity: object DirectoryObject,
    "signInSessionsValidFromDateTime" sign_in_sessions_valid_from_date_time: time,
    "skills" skills: texts,
    "state" state: text,
    "streetAddress" street_address: text,
    "surname" surname: text,
    "usageLocation" usage_location: text,
    "userPrincipalName" user_principal_name: text,
    "userType" user_type: text,
    "activities" activities: objects DirectoryObject,
    "adhocCalls" adhoc_calls: objects DirectoryObject,
    "agreementAcceptances" agreement_acceptances: objects DirectoryObject,
    "appRoleAssignments" app_role_assignments: objects DirectoryObject,
    "authentication" authentication: object DirectoryObject,
    "calendar" calendar: object DirectoryObject,
    "calendarGroups" calendar_groups: objects DirectoryObject,
    "calendars" calendars: objects DirectoryObject,
    "calendarView" calendar_view: objects DirectoryObject,
    "chats" chats: objects DirectoryObject,
    "cloudClipboard" cloud_clipboard: object DirectoryObject,
    "cloudPCs" cloud_pcs: objects DirectoryObject,
    "contactFolders" contact_folders: objects DirectoryObject,
    "contacts" contacts: objects DirectoryObject,
    "createdObjects" created_objects: objects DirectoryObject,
    "dataSecurityAndGovernance" data_security_and_governance: object DirectoryObject,
    "deviceManagementTroubleshootingEvents" device_management_troubleshooting_events: objects DirectoryObject,
    "directReports" direct_reports: objects DirectoryObject,
    "drive" drive: object DirectoryObject,
    "drives" drives: objects DirectoryObject,
    "employeeExperience" employee_experience: object DirectoryObject,
    "events" events: objects DirectoryObject,
    "extensions" extensions: objects DirectoryObject,
    "followedSites" followed_sites: objects DirectoryObject,
    "inferenceClassification" inference_classification: object DirectoryObject,
    "insights" insights: object DirectoryObject,
    "joinedTeams" joined_teams: objects DirectoryObject,
    "licenseDetails" license_details: objects DirectoryObject,
    "mailFolders" mail_folders: objects DirectoryObject,
    "managedAppRegistrations" managed_app_registrations: objects DirectoryObject,
    "managedDevices" managed_devices: objects DirectoryObject,
    "manager" manager: object DirectoryObject,
    "memberOf" member_of: objects DirectoryObject,
    "messages" messages: objects DirectoryObject,
    "oauth2PermissionGrants" oauth2_permission_grants: objects DirectoryObject,
    "onenote" onenote: object DirectoryObject,
    "onlineMeetings" online_meetings: objects DirectoryObject,
    "onPremisesSyncBehavior" on_premises_sync_behavior: object DirectoryObject,
    "outlook" outlook: object DirectoryObject,
    "ownedDevices" owned_devices: objects DirectoryObject,
    "ownedObjects" owned_objects: objects DirectoryObject,
    "people" people: objects DirectoryObject,
    "permissionGrants" permission_grants: objects DirectoryObject,
    "photo" photo: object DirectoryObject,
    "photos" photos: objects DirectoryObject,
    "planner" planner: object DirectoryObject,
    "presence" presence: object DirectoryObject,
    "registeredDevices" registered_devices: objects DirectoryObject,
    "scopedRoleMemberOf" scoped_role_member_of: objects DirectoryObject,
    "settings" settings: object DirectoryObject,
    "solutions" solutions: object DirectoryObject,
    "sponsorOf" sponsor_of: objects DirectoryObject,
    "sponsors" sponsors: objects DirectoryObject,
    "teamwork" teamwork: object DirectoryObject,
    "todo" todo: object DirectoryObject,
    "transitiveMemberOf" transitive_member_of: objects DirectoryObject,
}
