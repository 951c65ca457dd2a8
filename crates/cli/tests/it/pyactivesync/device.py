"""What the suites share: who takes part, and what a device holds of a folder.

The test that runs a suite starts the server and passes what is needed as JSON on standard input: server
(host:port, TLS), lmtp (host:port), alice and bob ({address, password}). The certificate authority is in
REQUESTS_CA_BUNDLE, which the client's HTTP library reads.
"""

import json
import smtplib
import sys
import time

from pyactivesync import Client, EmailChange

ASKED = json.load(sys.stdin)
ALICE, BOB = ASKED["alice"], ASKED["bob"]


def step(text):
    print(f"ok: {text}", flush=True)


def client(account, device):
    return Client(ASKED["server"], account["address"], account["password"], device_id=device, timeout=60.0)


def deliver(messages, to):
    """Delivers over one LMTP connection; gives the time of the last acknowledgement."""
    host, port = ASKED["lmtp"].rsplit(":", 1)
    with smtplib.LMTP(host, int(port)) as lmtp:
        for message in messages:
            refused = lmtp.sendmail("sender@elsewhere.test", [to["address"]], message)
            assert not refused, refused
        return time.monotonic()


class Folder:
    """What one device holds of a folder: what the client leaves to its caller."""

    def __init__(self, device, folder_id):
        self.device, self.id = device, folder_id
        self.items = {}
        self.key = device.sync_folder(folder_id, "0").sync_key

    def sync(self, window=100):
        for _ in range(1000):
            result = self.device.sync_folder(self.id, self.key, window_size=window)
            self.key = result.sync_key
            for item in result.added:
                assert item.server_id not in self.items, f"{item.server_id} came twice"
                self.items[item.server_id] = dict(item.fields)
            for item in result.changed:
                self.items[item.server_id].update(item.fields)
            for server_id in result.deleted:
                self.items.pop(server_id, None)
            if not result.more_available:
                return self
        raise AssertionError("the server always has more")

    def subjects(self):
        return sorted(item.get("Email.Subject", "") for item in self.items.values())

    def find(self, subject):
        found = [key for key, item in self.items.items() if item.get("Email.Subject") == subject]
        assert len(found) == 1, f"{subject}: {found}"
        return found[0]

    def change(self, **change):
        result = self.device.apply_email_changes(self.id, self.key, [EmailChange(**change)])
        self.key = result.sync_key
        assert set(result.statuses.values()) == {"1"}, result.statuses


def by_type(folders, kind):
    found = [folder for folder in folders if int(folder.type) == int(kind)]
    assert len(found) == 1, f"{kind}: {found}"
    return found[0].id
