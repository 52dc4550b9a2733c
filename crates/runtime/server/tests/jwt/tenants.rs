//! Tokens of many tenants: which are accepted, and of whom.

use msgraph_core::edm::Guid;
use msgraph_server::Guard;
use msgraph_server::jwt::{Algorithm, Issuer, IssuerError, JwtGuard, Tenants, TokenPolicy};
use serde_json::{Value, json};

use crate::issuer::{AUDIENCE, Signer, delegated, now, set, with, without};

const TEMPLATE: &str = "https://login.example/{tenantid}/v2.0";
const OURS: &str = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490";
const OTHER: &str = "82229342-1101-4ab6-817b-70c0747630f3";
const PERSONAL: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

fn guid(id: &str) -> Guid {
    id.parse().unwrap()
}

fn policy(issuer: impl Into<Issuer>) -> TokenPolicy {
    TokenPolicy::new(issuer, AUDIENCE).algorithms([Algorithm::Es256]).clock(now)
}

fn of(tenants: Tenants) -> TokenPolicy {
    policy(Issuer::of_tenants(TEMPLATE, tenants).unwrap())
}

/// The claims of a token that `tenant` issued.
fn claims(tenant: &str) -> Value {
    let issuer = TEMPLATE.replace("{tenantid}", tenant);
    with(&delegated(), [("iss", json!(issuer)), ("tid", json!(tenant))])
}

/// Whether a token with these claims is accepted, signed by a key that signs for `owner`.
async fn is_accepted_of(policy: TokenPolicy, owner: Option<&str>, claims: &Value) -> bool {
    let signer = Signer::p256("k");
    let key = match owner {
        Some(owner) => with(&signer.public(), [("issuer", json!(owner))]),
        None => signer.public(),
    };
    JwtGuard::new(policy, set([key])).authenticate(&signer.token(claims)).await.is_ok()
}

async fn is_accepted(policy: TokenPolicy, claims: &Value) -> bool {
    is_accepted_of(policy, Some(TEMPLATE), claims).await
}

#[tokio::test]
async fn a_template_that_is_given_as_a_text_is_compared_whole() {
    assert!(!is_accepted(policy(TEMPLATE), &claims(OURS)).await);
    assert!(is_accepted(policy(TEMPLATE.replace("{tenantid}", OURS)), &claims(OURS)).await);
}

#[tokio::test]
async fn tenants_that_are_named_are_accepted_and_no_others() {
    for (accepted, tenant, tenants) in [
        (true, OURS, vec![OURS]),
        (true, OURS, vec![OTHER, OURS]),
        (false, OTHER, vec![OURS]),
        (false, PERSONAL, vec![OURS]),
        (true, PERSONAL, vec![PERSONAL]),
        (false, OURS, vec![]),
    ] {
        let policy = of(Tenants::these(tenants.iter().map(|id| guid(id))));
        assert_eq!(is_accepted(policy, &claims(tenant)).await, accepted, "{tenant} {tenants:?}");
    }
}

#[tokio::test]
async fn personal_accounts_are_of_any_tenant_but_of_no_organization() {
    for (tenants, tenant, accepted) in [
        (Tenants::Any, OURS, true),
        (Tenants::Any, PERSONAL, true),
        (Tenants::AnyOrganization, OURS, true),
        (Tenants::AnyOrganization, PERSONAL, false),
    ] {
        assert_eq!(
            is_accepted(of(tenants.clone()), &claims(tenant)).await,
            accepted,
            "{tenants:?}"
        );
    }
}

#[tokio::test]
async fn the_tenant_is_a_guid_and_the_one_of_the_issuer() {
    let issuer = |issuer: &str| with(&claims(OURS), [("iss", json!(issuer))]);
    for (what, claims) in [
        ("no tenant", without(claims(OURS), "tid")),
        ("another tenant", with(&claims(OURS), [("tid", json!(OTHER))])),
        ("a domain", claims("contoso.example")),
        ("a word for many", claims("common")),
        ("the template", claims("{tenantid}")),
        ("nothing", claims("")),
        ("braces", claims("{8eaef023-2b34-4da1-9baa-8bc8c9d6a490}")),
        ("no hyphens", claims("8eaef0232b344da19baa8bc8c9d6a490")),
        ("a path in it", claims("8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0/../x")),
        ("another host", issuer(&format!("https://evil.example/{OURS}/v2.0"))),
        (
            "more in front",
            issuer(&format!("https://evil.example/https://login.example/{OURS}/v2.0")),
        ),
        ("more behind", issuer(&format!("https://login.example/{OURS}/v2.0/x"))),
        ("less behind", issuer(&format!("https://login.example/{OURS}"))),
        ("twice", issuer(&format!("https://login.example/{OURS}{OURS}/v2.0"))),
    ] {
        assert!(!is_accepted(of(Tenants::Any), &claims).await, "{what}");
    }
}

#[tokio::test]
async fn a_tenant_that_is_served_does_not_let_in_the_issuer_of_another() {
    let others = TEMPLATE.replace("{tenantid}", OTHER);
    let claims = with(&claims(OTHER), [("tid", json!(OURS))]);
    let policy = of(Tenants::these([guid(OURS)]));
    assert!(!is_accepted_of(policy, Some(&others), &claims).await);
}

#[tokio::test]
async fn among_keys_for_many_tenants_one_has_to_say_for_whom_it_signs() {
    let ours = TEMPLATE.replace("{tenantid}", OURS);
    let other = TEMPLATE.replace("{tenantid}", OTHER);
    for (owner, accepted) in [
        (Some(TEMPLATE), true),
        (Some(ours.as_str()), true),
        (Some(other.as_str()), false),
        (Some("https://elsewhere.example/{tenantid}/v2.0"), false),
        (None, false),
    ] {
        let found = is_accepted_of(of(Tenants::Any), owner, &claims(OURS)).await;
        assert_eq!(found, accepted, "{owner:?}");
    }
    assert!(is_accepted_of(policy(ours), None, &claims(OURS)).await, "a single issuer needs not");
}

#[tokio::test]
async fn issuers_of_many_tenants_stand_beside_others() {
    let policy = of(Tenants::these([guid(OURS)])).or_issuer("https://second.example");
    assert!(is_accepted(policy.clone(), &claims(OURS)).await);
    assert!(!is_accepted(policy.clone(), &claims(OTHER)).await);
    let second = with(&claims(OTHER), [("iss", json!("https://second.example"))]);
    assert!(is_accepted_of(policy, None, &second).await);
}

#[tokio::test]
async fn a_principal_is_known_in_its_tenant() {
    let signer = Signer::p256("k");
    let key = with(&signer.public(), [("issuer", json!(TEMPLATE))]);
    let guard = JwtGuard::new(of(Tenants::Any), set([key]));
    let mut found = Vec::new();
    for tenant in [OURS, OTHER] {
        let principal = guard.authenticate(&signer.token(&claims(tenant))).await.unwrap();
        assert_eq!(principal.subject, "ann");
        found.push(principal.tenant.clone());
    }
    assert_eq!(found, [Some(OURS.to_owned()), Some(OTHER.to_owned())]);
}

#[test]
fn a_template_has_the_place_of_the_tenant_once() {
    for template in ["", "https://login.example/common/v2.0", "{tenantid}{tenantid}", "{tenantId}"]
    {
        assert_eq!(Issuer::of_tenants(template, Tenants::Any), Err(IssuerError), "{template}");
    }
    assert!(IssuerError.to_string().contains("`{tenantid}`"));
}
