"use strict";
// One message as a phone shows it: sender, quote, picture, words, hour, buttons.

import { el, icon } from "./dom.js";
import { rich } from "./entities.js";
import { colour } from "./face.js";
import { inlineKeyboard } from "./keyboard.js";
import { media } from "./media.js";
import { direction } from "./room.js";
import { serviceLine } from "./service.js";
import { hour } from "./times.js";
import { say } from "./words.js";

/** Draw a message on a phone: `phone.me` is who holds it, `phone.hooks` what its touches do. */
export function bubble(message, phone) {
    const line = serviceLine(message);
    if (line !== null)
        return el(
            "div",
            { class: "turn service" },
            el("p", { dir: direction(document.documentElement.lang), text: line }),
        );
    const mine = !message.by_bot && message.sender.id === phone.me;
    const shown = el(
        "div",
        { class: `turn ${mine ? "mine" : "theirs"}` },
        box(message, phone, mine),
    );
    const rows = message.body.reply_markup?.inline_keyboard ?? [];
    if (rows.length) {
        const press = (told, key) => phone.hooks.press(message, told, key);
        shown.append(inlineKeyboard(rows, press));
    }
    return shown;
}

function box(message, phone, mine) {
    const body = message.body;
    const words = body.text ?? body.caption ?? "";
    const entities = body.entities ?? body.caption_entities ?? [];
    return el(
        "div",
        { class: "bubble", lang: mine ? null : phone.language },
        sender(message, phone, mine),
        body.reply
            ? el(
                  "blockquote",
                  { class: "quoted", dir: "auto" },
                  el("b", { text: body.reply.name }),
                  body.reply.text,
              )
            : null,
        body.forward_origin ? el("small", { class: "forwarded", text: say("forwarded") }) : null,
        media(body),
        words
            ? el("div", { class: "words", dir: "auto" }, rich(words, entities, phone.hooks))
            : null,
        reactions(body.reactions),
        foot(message),
    );
}

function sender(message, phone, mine) {
    if (phone.isGroup && !mine) {
        return el("b", {
            class: `sender ${colour(message.sender.id)}`,
            dir: "auto",
            text: message.sender.name,
        });
    }
    return el("span", { class: "unseen", text: mine ? say("you-wrote") : say("bot-wrote") });
}

function reactions(emojis) {
    return emojis.length ? el("div", { class: "reactions", text: emojis.join(" ") }) : null;
}

function foot(message) {
    const marks = [];
    if (message.edits) marks.push(say("edited"));
    const silent =
        message.by_bot && message.silent
            ? el(
                  "span",
                  { class: "mark", role: "img", "aria-label": say("silent"), title: say("silent") },
                  icon("bell-off"),
              )
            : null;
    const at = new Date(message.date * 1000);
    return el(
        "div",
        { class: "foot" },
        silent,
        ...marks.map((mark) => el("span", { text: mark })),
        el("time", { datetime: at.toISOString(), text: hour(at) }),
    );
}
