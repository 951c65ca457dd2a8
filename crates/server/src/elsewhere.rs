//! What other programs do to the store (the command line, an import, another server) reaches the phones that wait
//! here: [`fieldpost_store::Bell`] tells of it, and it is heeded as if it had been done here.

use std::sync::Arc;
use std::time::Duration;

use fieldpost_domain::backend::{ChangeListener as _, Notice};
use fieldpost_net::tasks::Tasks;
use fieldpost_store::{Bell, Ring};

use crate::push::Hub;
use crate::rulebook::Rulebook;

/// Before the rules are read again that could not be.
const PAUSE: Duration = Duration::from_secs(1);

/// Heeds what is heard until the server stops.
pub async fn heed(mut bell: Bell, hub: Arc<Hub>, rules: Arc<Rulebook>, tasks: Tasks) {
    loop {
        tokio::select! {
            () = tasks.draining().cancelled() => return,
            ring = bell.next() => act_on(ring, &hub, &rules).await,
        }
    }
}

async fn act_on(ring: Ring, hub: &Hub, rules: &Rulebook) {
    match ring {
        Ring::Mailbox { mailbox, folder, added } => hub.changed(Notice { mailbox, folder, added }),
        Ring::Device { account, device_id } => hub.wake_device(account, &device_id),
        Ring::Account(account) => hub.wake_account(account),
        Ring::Everybody => hub.wake_all(),
        Ring::Rules => read_again(rules).await,
        Ring::Missed => {
            read_again(rules).await;
            hub.have_all_look();
        }
    }
}

/// Reads the rules until that succeeds: nobody rings a second time.
async fn read_again(rules: &Rulebook) {
    let mut trouble = false;
    while let Err(error) = rules.refresh().await {
        // Once is enough: the store says the rest.
        if !trouble {
            tracing::warn!(%error, "the policies can't be read again; the last ones hold");
        }
        trouble = true;
        tokio::time::sleep(PAUSE).await;
    }
}
