"use strict";
// Lines that Telegram itself writes in a chat: who came, who left, what was pinned.

import { say } from "./words.js";

const KINDS = [
    "new_chat_members",
    "left_chat_member",
    "new_chat_title",
    "pinned_message",
    "group_chat_created",
    "supergroup_chat_created",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "forum_topic_created",
    "forum_topic_closed",
    "forum_topic_edited",
];

/** Return the words of a line that Telegram wrote; null for what a person or the bot wrote. */
export function serviceLine(message) {
    if (message.deleted) return say("deleted");
    const body = message.body;
    const kind = KINDS.find((name) => name in body);
    if (!kind) return null;
    const people = body.new_chat_members ?? [body.left_chat_member];
    return say(`service-${kind}`, {
        who: people.map((who) => isolated(who?.first_name)).join(", "),
        by: isolated(message.sender.name),
        title: isolated(body.new_chat_title),
    });
}

/** Return a name that keeps its own direction, whatever stands around it. */
function isolated(name) {
    return `\u2068${name ?? ""}\u2069`;
}
