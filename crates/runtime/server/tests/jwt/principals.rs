//! Who a token stands for, and what it grants.

use msgraph_server::jwt::JwtGuard;
use serde_json::{Value, json};

use crate::issuer::{Signer, application, delegated, policy, set, with, without};
use crate::log::{Log, reason};
use crate::service::{ask, router};
use crate::support::serve;

const PERSONAL: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// Serves, and signs.
async fn served() -> (String, Signer) {
    let signer = Signer::p256("k");
    let address = serve(router(JwtGuard::new(policy(), set([signer.public()])))).await;
    (address, signer)
}

#[tokio::test]
async fn a_principal_has_what_was_granted_to_it_in_its_role() {
    let (address, signer) = served().await;
    let roles = json!(["Group.Read.All"]);
    let both = ["Group.Read.All", "openid"];
    for (case, claims, (kind, subject), permissions) in [
        ("a user", delegated(), ("DelegatedWork", "ann"), &both[..]),
        (
            "a user without an object id",
            without(delegated(), "oid"),
            ("DelegatedWork", "pairwise-ann"),
            &both,
        ),
        (
            "a user who has a role",
            with(&delegated(), [("roles", json!(["Admin"])), ("idtyp", json!("user"))]),
            ("DelegatedWork", "ann"),
            &both,
        ),
        (
            "a user with a personal account",
            with(&delegated(), [("tid", json!(PERSONAL)), ("scp", json!("User.Read"))]),
            ("DelegatedPersonal", "ann"),
            &["User.Read"],
        ),
        (
            "spaces too many",
            with(&delegated(), [("scp", json!(" Group.Read.All  openid "))]),
            ("DelegatedWork", "ann"),
            &both,
        ),
        ("an application", application(), ("Application", "app"), &["Group.Read.All"]),
        (
            "an application of version 1.0",
            with(&without(application(), "azp"), [("appid", json!("app-1"))]),
            ("Application", "app-1"),
            &["Group.Read.All"],
        ),
        (
            "an application without an id of its own",
            without(application(), "azp"),
            ("Application", "service-principal"),
            &["Group.Read.All"],
        ),
        (
            "an application told by its subject",
            without(application(), "idtyp"),
            ("Application", "app"),
            &["Group.Read.All"],
        ),
        (
            "an application without scopes",
            with(&application(), [("scp", json!("")), ("roles", roles)]),
            ("Application", "app"),
            &["Group.Read.All"],
        ),
    ] {
        let answer = ask(&address, &signer.token(&claims)).await;
        assert_eq!(answer.status, 200, "{case}: {}", answer.body);
        let told: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(told, json!([kind, subject, permissions]), "{case}");
    }
}

#[tokio::test]
async fn a_token_that_does_not_grant_something_to_somebody_is_refused() {
    let (log, _logging) = Log::start();
    let (address, signer) = served().await;
    let nothing = "it grants nothing, or not to whom";
    let nobody = "it does not tell who is calling";
    let roles = [("roles", json!(["Group.Read.All"]))];
    for (case, claims, why) in [
        ("no permissions", without(delegated(), "scp"), nothing),
        ("an empty list of scopes", with(&delegated(), [("scp", json!(" "))]), nothing),
        ("an empty list of roles", with(&application(), [("roles", json!([]))]), nothing),
        ("empty roles", with(&application(), [("roles", json!([""]))]), nothing),
        ("roles of a user", with(&without(delegated(), "scp"), roles.clone()), nothing),
        ("roles of a user, who says so", with(&application(), [("idtyp", json!("user"))]), nothing),
        (
            "roles of whom nothing is told",
            without(without(without(application(), "idtyp"), "oid"), "sub"),
            nothing,
        ),
        ("scopes of an application", with(&delegated(), [("idtyp", json!("app"))]), nothing),
        ("no user", without(without(delegated(), "oid"), "sub"), nobody),
        ("an empty user", with(&without(delegated(), "sub"), [("oid", json!(""))]), nobody),
        ("no application", without(without(application(), "azp"), "oid"), nobody),
        (
            "scopes as a list",
            with(&delegated(), [("scp", json!(["Group.Read.All"]))]),
            "it or its claims cannot be read",
        ),
    ] {
        log.take();
        let answer = ask(&address, &signer.token(&claims)).await;
        assert_eq!((answer.status, reason(&log.take())), (401, why), "{case}");
    }
}

#[tokio::test]
async fn a_principal_may_do_what_is_documented_for_its_kind() {
    let (address, signer) = served().await;
    for (case, claims) in [
        ("a user without the permission", with(&delegated(), [("scp", json!("User.Read"))])),
        (
            "a user who has it as a role",
            with(&delegated(), [("scp", json!("User.Read")), ("roles", json!(["Group.Read.All"]))]),
        ),
        ("a personal account with that of others", with(&delegated(), [("tid", json!(PERSONAL))])),
        ("an application without it", with(&application(), [("roles", json!(["User.Read.All"]))])),
    ] {
        let answer = ask(&address, &signer.token(&claims)).await;
        assert_eq!(answer.status, 403, "{case}: {}", answer.body);
        assert_eq!(answer.header("www-authenticate"), Some("Bearer error=\"insufficient_scope\""));
    }
}
