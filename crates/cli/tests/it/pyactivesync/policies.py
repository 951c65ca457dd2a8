"""Drives a Fieldpost server with pyactivesync under a strict policy that everybody must take.

Run by pyactivesync.rs; `device.py` says with what.
"""

from device import ALICE, Folder, by_type, client, deliver, step
from pyactivesync import FolderType, StatusError


def refused(work, code):
    try:
        work()
    except StatusError as error:
        assert error.code == code, error
        return
    raise AssertionError(f"was not refused with {code}")


def main():
    alice = client(ALICE, "pyeaspolicy1")
    # Without a key, as a client that does not know yet that there is a policy.
    alice._provisioned = True
    refused(alice.list_folders, "142")
    step("is told that there is a policy")
    key = alice.provision()
    assert key.isdigit() and int(key) > 0, key
    step("provisions")
    inbox = Folder(alice, by_type(alice.list_folders(), FolderType.INBOX))
    deliver([b"From: <x@elsewhere.test>\r\nSubject: Strict\r\n\r\nHello\r\n"], ALICE)
    assert inbox.sync().subjects() == ["Strict"]
    step("syncs")
    alice._transport.policy_key = str(int(key) ^ 1)
    refused(alice.list_folders, "144")
    step("is told that its key is another one")
    assert alice.provision() != key
    deliver([b"From: <x@elsewhere.test>\r\nSubject: Again\r\n\r\nHello\r\n"], ALICE)
    assert inbox.sync().subjects() == ["Again", "Strict"]
    step("provisions again and goes on where it was")


main()
