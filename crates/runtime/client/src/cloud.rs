//! The clouds of Microsoft, each with addresses of its own.

/// A cloud of Microsoft: where its identity service is, and its Graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cloud {
    /// The one that all use who have no other.
    Global,
    /// Of the government of the United States (L4).
    UsGovernment,
    /// Of its department of defense (L5).
    UsDefense,
    /// Of China, which 21Vianet runs.
    China,
}

impl Cloud {
    /// The address of the identity service.
    pub fn authority(self) -> &'static str {
        match self {
            Self::Global => "https://login.microsoftonline.com",
            Self::UsGovernment | Self::UsDefense => "https://login.microsoftonline.us",
            Self::China => "https://login.partner.microsoftonline.cn",
        }
    }

    /// The address of Graph, to which the version is added.
    pub fn graph(self) -> &'static str {
        match self {
            Self::Global => "https://graph.microsoft.com",
            Self::UsGovernment => "https://graph.microsoft.us",
            Self::UsDefense => "https://dod-graph.microsoft.us",
            Self::China => "https://microsoftgraph.chinacloudapi.cn",
        }
    }

    /// The scope of all that an application has been granted at Graph.
    pub(crate) fn scope(self) -> String {
        format!("{}/.default", self.graph())
    }
}
