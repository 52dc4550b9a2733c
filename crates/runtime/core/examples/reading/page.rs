//! The pages that are read: 100 users each, as the service answers without and with `$select`, and 100 messages.

use std::fmt::Write;

/// The eleven members of an answer to `GET /users`, some of them null, the id last.
pub(crate) fn short_page() -> String {
    page(|index, out| {
        write!(
            out,
            r#"{{"businessPhones":["+1 412 555 0{index:03}"],"displayName":"Megan Bowen {index}","givenName":"Megan","jobTitle":"Marketing Manager","mail":"meganb{index}@contoso.com","mobilePhone":null,"officeLocation":"12/1110","preferredLanguage":"en-US","surname":"Bowen","userPrincipalName":"meganb{index}@contoso.com","id":"48d31887-5fad-4d73-a9f5-{index:012}"}}"#
        )
    })
}

/// Twenty-four members, among them collections, objects and times. A member is now and then absent.
pub(crate) fn wide_page() -> String {
    page(|index, out| {
        let city = if index % 7 == 0 { "" } else { r#""city":"Pittsburgh","# };
        write!(
            out,
            r#"{{"id":"48d31887-5fad-4d73-a9f5-{index:012}","accountEnabled":true,"ageGroup":null,"assignedLicenses":[{{"disabledPlans":[],"skuId":"c7df2760-2c81-4ef7-b578-5b5392b571df"}},{{"disabledPlans":["8e0c0a52-6a6c-4d40-8370-dd62790dcd70"],"skuId":"f30db892-07e9-47e9-837c-80727f46fd3d"}}],"assignedPlans":[{{"assignedDateTime":"2023-05-11T14:22:03Z","capabilityStatus":"Enabled","service":"exchange","servicePlanId":"efb87545-963c-4e0d-99df-69c6916d9eb0"}},{{"assignedDateTime":"2023-05-11T14:22:03Z","capabilityStatus":"Enabled","service":"SharePoint","servicePlanId":"5dbe027f-2339-4123-9542-606e4d348a72"}}],"businessPhones":["+1 412 555 0{index:03}"],{city}"companyName":"Contoso","country":"United States","createdDateTime":"2020-02-20T08:15:{second:02}Z","department":"Sales & Marketing","displayName":"Megan Bowen {index}","employeeOrgData":{{"costCenter":"4200","division":"Retail"}},"givenName":"Megan","identities":[{{"signInType":"userPrincipalName","issuer":"contoso.com","issuerAssignedId":"meganb{index}@contoso.com"}}],"jobTitle":"Marketing Manager","mail":"meganb{index}@contoso.com","mailNickname":"MeganB{index}","mobilePhone":null,"officeLocation":"12/1110","otherMails":[],"proxyAddresses":["SMTP:meganb{index}@contoso.com","smtp:mb{index}@contoso.onmicrosoft.com"],"surname":"Bowen","usageLocation":"US","userPrincipalName":"meganb{index}@contoso.com","userType":"Member"}}"#,
            second = index % 60,
        )
    })
}

/// Messages whole, as the service answers without `$select`, with a body of some 1,400 characters.
pub(crate) fn messages() -> String {
    let body = r#"<html><head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head><body>"#
        .to_owned()
        + &"<p>The figures of the quarter are attached; please look at them before Tuesday.</p>".repeat(16)
        + "</body></html>";
    page(|index, out| {
        write!(
            out,
            r#"{{"id":"AAMkAGVmMDEzMTM4LTZmYWUtNDdkNC1hMDZiLTU1OGY5OTZhYmY4OABGAAAAAAAiQ8W967B7TKBjgx9rVEURBwAiIsqMbYjsT5e{index:06}AAA=","createdDateTime":"2024-04-30T09:{second:02}:11Z","lastModifiedDateTime":"2024-04-30T09:{second:02}:14Z","changeKey":"CQAAABYAAAAiIsqMbYjsT5e-T7KzowPTAAAYbuK-","categories":[],"receivedDateTime":"2024-04-30T09:{second:02}:12Z","sentDateTime":"2024-04-30T09:{second:02}:11Z","hasAttachments":false,"internetMessageId":"<MWHPR1301MB2000{index:06}@MWHPR1301MB2000.namprd13.prod.contoso.com>","subject":"The figures of week {index}","bodyPreview":"The figures of the quarter are attached; please look at them before Tuesday.The figures of the quarter are attached; please look at them before Tuesday.","importance":"normal","parentFolderId":"AAMkAGVmMDEzMTM4LTZmYWUtNDdkNC1hMDZiLTU1OGY5OTZhYmY4OAAuAAAAAAAiQ8W967B7TKBjgx9rVEURAQAiIsqMbYjsT5e-T7KzowPTAAAAAAEMAAA=","conversationId":"AAQkAGVmMDEzMTM4LTZmYWUtNDdkNC1hMDZiLTU1OGY5OTZhYmY4OAAQAOaC{index:06}Rno=","conversationIndex":"AQHZ-5Bt5oLkf1Yx{index:06}GeuQvgAg==","isDeliveryReceiptRequested":false,"isReadReceiptRequested":false,"isRead":true,"isDraft":false,"webLink":"https://outlook.office365.com/owa/?ItemID=AAMkAGVmMDEzMTM4LTZmYWUtNDdkNC1hMDZiLTU1OGY5OTZhYmY4OABGAAAAAAAiQ8W%3D&exvsurl=1&viewmodel=ReadMessageItem","inferenceClassification":"focused","body":{{"contentType":"html","content":"{body}"}},"sender":{{"emailAddress":{{"name":"Megan Bowen","address":"MeganB@contoso.com"}}}},"from":{{"emailAddress":{{"name":"Megan Bowen","address":"MeganB@contoso.com"}}}},"toRecipients":[{{"emailAddress":{{"name":"Alex Wilber","address":"AlexW@contoso.com"}}}},{{"emailAddress":{{"name":"Adele Vance","address":"AdeleV@contoso.com"}}}}],"ccRecipients":[],"bccRecipients":[],"replyTo":[],"flag":{{"flagStatus":"notFlagged"}}}}"#,
            second = index % 60,
        )
    })
}

/// Messages as a mailbox is listed: with the members that `$select=sender,subject` asks for, and the `id`.
pub(crate) fn listed_messages() -> String {
    page(|index, out| {
        write!(
            out,
            r#"{{"id":"AAMkAGVmMDEzMTM4LTZmYWUtNDdkNC1hMDZiLTU1OGY5OTZhYmY4OABGAAAAAAAiQ8W967B7TKBjgx9rVEURBwAiIsqMbYjsT5e{index:06}AAA=","subject":"The figures of week {index}","sender":{{"emailAddress":{{"name":"Megan Bowen","address":"MeganB@contoso.com"}}}}}}"#
        )
    })
}

fn page(user: impl Fn(usize, &mut String) -> std::fmt::Result) -> String {
    let mut out = String::from(
        r#"{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","@odata.nextLink":"https://graph.microsoft.com/v1.0/users?$skiptoken=X%2744","value":["#,
    );
    for index in 0..100 {
        if index > 0 {
            out.push(',');
        }
        user(index, &mut out).expect("writing to a string");
    }
    out + "]}"
}
