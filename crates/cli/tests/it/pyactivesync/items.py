"""Drives a Fieldpost server with pyactivesync, an independent ActiveSync 16.1 client, unmodified.

Contacts, drafts, automatic replies, the address list, search and recipients. Run by pyactivesync.rs; `device.py`
says with what. Prints one line for each step; any failure ends it with an exception and exit code 1.
"""

import email
import time
from email.message import EmailMessage

from device import ALICE, BOB, Folder, by_type, client, deliver, step
from pyactivesync import BodyType, Contact, ContactChange, FolderType, OofState, StatusError


def fields(folder, server_id, **expected):
    held = folder.items[server_id]
    for name, value in expected.items():
        assert held.get(f"Contacts.{name}") == value, (name, held)


def contacts(alice, folders):
    book = Folder(alice, by_type(folders, FolderType.CONTACTS)).sync()
    other_device = client(ALICE, "pysecond")
    other = Folder(other_device, book.id).sync()
    written = Contact(
        first_name="Grace",
        last_name="Hopper",
        file_as="Hopper, Grace",
        company_name="Navy",
        job_title="Rear admiral",
        email1_address="grace@navy.test",
        email2_address="amazing@navy.test",
        mobile_phone_number="+1 555 0100",
        business_phone_number="+1 555 0101",
        home_phone_number="+1 555 0102",
        business_address_street="1 Pier\u00a0Street",
        business_address_city="Arlington",
        home_address_country="USA",
        web_page="https://navy.test/hopper",
        birthday="1906-12-09T00:00:00.000Z",
        categories=("Family", "Work"),
    )
    key = book.key
    made = alice.create_contact(book.id, key, written, client_id="grace-1")
    assert made.status == "1", made
    # The answer was lost, and the request comes again: the same contact, not another.
    again = alice.create_contact(book.id, key, written, client_id="grace-1")
    assert again.server_id == made.server_id, (made, again)
    book.key = again.sync_key
    assert not book.sync().items, "one's own contact came back"
    assert len(other.sync().items) == 1
    fields(
        other,
        made.server_id,
        FirstName="Grace",
        LastName="Hopper",
        FileAs="Hopper, Grace",
        CompanyName="Navy",
        JobTitle="Rear admiral",
        Email1Address="grace@navy.test",
        Email2Address="amazing@navy.test",
        MobilePhoneNumber="+1 555 0100",
        BusinessPhoneNumber="+1 555 0101",
        HomePhoneNumber="+1 555 0102",
        BusinessAddressStreet="1 Pier\u00a0Street",
        BusinessAddressCity="Arlington",
        HomeAddressCountry="USA",
        WebPage="https://navy.test/hopper",
        Birthday="1906-12-09T00:00:00.000Z",
    )
    step("creates a contact once, whole")
    change = ContactChange(made.server_id, contact=Contact(first_name="Grace", last_name="Murray"))
    result = alice.apply_contact_changes(book.id, book.key, [change])
    assert set(result.statuses.values()) == {"1"}, result
    book.key = result.sync_key
    third = Folder(other_device, book.id).sync()
    fields(third, made.server_id, FirstName="Grace", LastName="Murray", JobTitle=None, Email1Address=None)
    step("changes a contact; what it leaves out is gone")
    result = alice.apply_contact_changes(book.id, book.key, [ContactChange(made.server_id, delete=True)])
    book.key = result.sync_key
    assert not third.sync().items
    step("deletes a contact")
    friend = alice.create_contact(
        book.id, book.key, Contact(first_name="Ada", last_name="Lovelace", email1_address="ada@engine.test")
    )
    assert friend.status == "1", friend
    other_device.close()


def drafts(alice, folders):
    drafts = Folder(alice, by_type(folders, FolderType.DRAFTS)).sync()
    message = EmailMessage()
    message["From"] = ALICE["address"]
    message["To"] = BOB["address"]
    message["Subject"] = "Not finished"
    message.set_content("To be continued.\n")
    content = bytes(range(256)) * 40
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename="plan.bin")
    made = alice.create_email_draft(drafts.id, drafts.key, message, read=True, flagged=True)
    assert made.status == "1" and made.server_id, made
    other_device = client(ALICE, "pysecond")
    other = Folder(other_device, drafts.id).sync()
    item = other.items[made.server_id]
    assert item["Email.Subject"] == "Not finished" and item["Email.Read"] == "1", item
    fetched = other_device.fetch_item(drafts.id, made.server_id, body_type=BodyType.MIME)
    stored = email.message_from_bytes(fetched.body.data)
    parts = [part for part in stored.walk() if part.get_filename() == "plan.bin"]
    assert len(parts) == 1 and parts[0].get_payload(decode=True) == content
    shown = other_device.fetch_item(drafts.id, made.server_id, body_type=BodyType.PLAIN_TEXT)
    assert shown.body.data.strip() == "To be continued.", shown.body
    assert other_device.fetch_attachment(shown.attachments[0].file_reference) == content
    step("creates a draft with an attachment")
    inbox = Folder(alice, by_type(folders, FolderType.INBOX)).sync()
    refused = alice.create_email_draft(inbox.id, inbox.key, message)
    assert refused.status == "6", refused
    step("is refused a message that is no draft")
    other_device.close()


def automatic_replies(alice, bob, bob_folders):
    settings = alice.get_oof()
    assert settings.state == OofState.DISABLED, settings
    times = {"start_time": "2026-11-01T08:00:00.000Z", "end_time": "2037-11-30T17:00:00.000Z"}
    alice.set_oof(OofState.ENABLED_SCHEDULED, reply_message="Gone fishing.", **times)
    settings = alice.get_oof()
    assert settings.state == OofState.ENABLED_SCHEDULED, settings
    assert (settings.start_time, settings.end_time) == tuple(times.values()), settings
    messages = {message.applies_to: message for message in settings.messages}
    assert set(messages) == {"Internal", "ExternalKnown", "ExternalUnknown"}, messages
    assert all(m.enabled and m.reply_message.strip() == "Gone fishing." for m in messages.values()), messages
    inbox = Folder(bob, by_type(bob_folders, FolderType.INBOX)).sync()
    held = set(inbox.items)
    for number in range(2):
        message = EmailMessage()
        message["From"] = BOB["address"]
        message["To"] = ALICE["address"]
        message["Subject"] = f"Are you there? {number}"
        message.set_content("Hello?\n")
        bob.send_mail(message)
    for _ in range(50):
        replies = set(inbox.sync().items) - held
        if replies:
            break
        time.sleep(0.1)
    time.sleep(0.5)
    replies = set(inbox.sync().items) - held
    assert len(replies) == 1, [inbox.items[reply] for reply in replies]
    reply = bob.fetch_item(inbox.id, replies.pop(), body_type=BodyType.PLAIN_TEXT)
    assert "Gone fishing." in reply.body.data, reply.body
    alice.set_oof(OofState.DISABLED)
    assert alice.get_oof().state == OofState.DISABLED
    step("sets automatic replies, and one is sent")


def address_list(alice):
    for query in ("bob@", "BOB@exam"):
        found = alice.search_gal(query)
        assert [entry.email_address for entry in found] == [BOB["address"]], found
        assert found[0].display_name, found
    assert not [entry for entry in alice.search_gal("nobody-of-that-name") if entry.email_address]
    found = alice.find_gal("bob@")
    assert found.status == "1" and found.total == 1, found
    assert found.items[0].fields["GAL.EmailAddress"] == BOB["address"], found
    step("searches the address list, by Search and by Find")


def search(alice, folders):
    inbox = by_type(folders, FolderType.INBOX)
    words = ["apricot", "blueberry", "cherry"]
    deliver(
        [
            (
                f"From: Fruit Shop <shop@fruit.test>\r\nTo: <{ALICE['address']}>\r\nSubject: Order {number}\r\n"
                f"Message-ID: <order{number}@fruit.test>\r\nMIME-Version: 1.0\r\n"
                f"Content-Type: text/plain; charset=utf-8\r\n\r\nOne {words[number % 3]} pie, number {number}.\r\n"
            ).encode()
            for number in range(30)
        ],
        ALICE,
    )
    found = alice.find_mailbox("apricot", folder_id=inbox, max_results=100)
    assert found.total == 10 and all(item.collection_id == inbox for item in found.items), found
    assert {item.fields["Email.Subject"] for item in found.items} == {f"Order {n}" for n in range(0, 30, 3)}
    assert alice.find_mailbox("apricot").total == 10
    assert alice.find_mailbox("subject:order from:shop cherry").total == 10
    assert alice.find_mailbox("persimmon").total == 0
    first = alice.find_mailbox("pie", folder_id=inbox, max_results=20)
    rest = alice.find_mailbox("pie", folder_id=inbox, range_start=20, max_results=20, search_id=first.search_id)
    ids = [item.server_id for item in first.items + rest.items]
    assert len(ids) == len(set(ids)) == 30, ids
    step("finds messages by their words, and in pages")
    held = Folder(alice, inbox).sync()
    found = alice.search_mailbox(inbox, date_received_after="2020-01-01T00:00:00.000Z", max_results=100)
    assert len([result for result in found if result.get("Email.Subject")]) == len(held.items), found
    found = alice.search_mailbox(inbox, date_received_after="2099-01-01T00:00:00.000Z")
    assert not [result for result in found if result.get("Email.Subject")], found
    assert len(alice.search_mailbox(inbox, free_text="blueberry", max_results=50)) == 10
    step("searches a mailbox by date")


def recipients(alice):
    found = alice.resolve_recipients(BOB["address"])
    assert [(r.type, r.email_address) for r in found] == [("1", BOB["address"])], found
    found = alice.resolve_recipients("Ada")
    assert [(r.type, r.email_address) for r in found] == [("2", "ada@engine.test")], found
    assert alice.resolve_recipients("nobody-of-that-name") == []
    step("resolves recipients in the address list and among contacts")


def folders_and_moves(alice, folders):
    outer = alice.create_folder("Fruit")
    held = Folder(alice, by_type(folders, FolderType.INBOX)).sync()
    chosen = [key for key, item in held.items.items() if item["Email.Subject"] in ("Order 1", "Order 2")]
    moved = {alice.move_item(key, held.id, outer.id) for key in chosen}
    assert set(Folder(alice, outer.id).sync().items) == moved
    assert {item.collection_id for item in alice.find_mailbox("number 1", max_results=100).items} >= {outer.id}
    try:
        alice.move_item(next(iter(moved)), outer.id, outer.id)
        raise AssertionError("moved to where it is")
    except StatusError as error:
        assert error.code == "4", error
    alice.delete_folder(outer.id)
    step("moves messages into a new folder, where they are found")


def main():
    with client(ALICE, "pyfirst") as alice, client(BOB, "pybob") as bob:
        folders = alice.list_folders()
        contacts(alice, folders)
        drafts(alice, folders)
        automatic_replies(alice, bob, bob.list_folders())
        address_list(alice)
        search(alice, folders)
        recipients(alice)
        folders_and_moves(alice, folders)
    print("done", flush=True)


main()
