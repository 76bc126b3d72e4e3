"use strict";
// Where one writes: the text field, the keys under it, files and voices; or the button that begins.

import { act } from "./act.js";
import { button, el, iconButton } from "./dom.js";
import { replyKeyboard } from "./keyboard.js";
import { openMenu } from "./menu.js";
import { base64, record, sample } from "./recorder.js";
import { isGroup, room } from "./room.js";
import { toast } from "./toast.js";
import { say } from "./words.js";

export class Composer {
    /** `phone.me` is who speaks, `phone.place()` names the chat in an act. */
    constructor(phone) {
        this.phone = phone;
        this.field = el("textarea", {
            rows: "1",
            dir: "auto",
            "aria-label": say("write-as", { name: phone.title }),
            placeholder: say("message"),
        });
        this.field.addEventListener("keydown", (event) => this.typed(event));
        this.field.addEventListener("input", () => this.fit());
        this.commands = iconButton("commands", say("commands"), () => this.openCommands(), {
            "aria-haspopup": "menu",
        });
        this.toggle = iconButton(
            "keyboard",
            say("keyboard"),
            () => this.showKeys(this.keys.hidden),
            { hidden: true },
        );
        this.attach = iconButton("attach", say("attach"), () => this.openFiles(), {
            "aria-haspopup": "menu",
        });
        this.voice = iconButton("mic", say("record"), () => this.speak());
        this.sender = iconButton("send", say("send"), () => this.send(), {
            class: "round send",
            hidden: true,
        });
        this.picker = el("input", { type: "file", hidden: true });
        this.picker.addEventListener("change", () => this.sendFile());
        this.line = el(
            "div",
            { class: "writing" },
            this.commands,
            this.field,
            this.toggle,
            this.attach,
            this.voice,
            this.sender,
            this.picker,
        );
        this.begin = button("", () => this.start(), { class: "begin" });
        this.keys = el("div", { class: "keys" });
        this.suggested = el("div", { class: "suggested" });
        this.element = el(
            "div",
            { class: "composer" },
            this.suggested,
            this.line,
            this.begin,
            this.keys,
        );
        this.shownRows = "";
    }

    /** Show what the card of the chat allows: writing, starting, or unblocking. */
    update(card) {
        const shut = !isGroup(card) && (card.blocked || !card.started);
        this.line.hidden = shut;
        this.begin.hidden = !shut;
        this.begin.textContent = say(card.blocked ? "unblock" : "start");
        const rows = shut ? [] : (card.keyboard ?? []);
        if (JSON.stringify(rows) === this.shownRows) return;
        this.shownRows = JSON.stringify(rows);
        this.keys.replaceChildren(
            rows.length ? replyKeyboard(rows, (label) => this.say(label)) : "",
        );
        this.toggle.hidden = !rows.length;
        this.showKeys(rows.length > 0);
    }

    /** Propose words to send, in one tap; null takes the proposal away. */
    suggest(words) {
        if (words === (this.suggested.dataset.words ?? null)) return;
        this.suggested.replaceChildren();
        delete this.suggested.dataset.words;
        if (words === null) return;
        this.suggested.dataset.words = words;
        const told = { class: "suggestion pointed", "aria-label": say("suggested", { words }) };
        this.suggested.append(button(words, () => this.say(words), { ...told, dir: "auto" }));
    }

    say(text) {
        return act("say", { person: this.phone.me, text, ...this.phone.place() });
    }

    start() {
        return act(room.people.get(this.phone.id).blocked ? "unblock" : "start", {
            person: this.phone.id,
        });
    }

    showKeys(shown) {
        this.keys.hidden = !shown;
        this.toggle.setAttribute("aria-expanded", String(shown));
    }

    typed(event) {
        if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            this.send();
        }
    }

    fit() {
        const empty = !this.field.value.trim();
        this.sender.hidden = empty;
        this.voice.hidden = this.attach.hidden = !empty;
        this.field.rows = Math.min(4, this.field.value.split("\n").length);
    }

    async send() {
        const text = this.field.value.trim();
        if (!text) return;
        this.field.value = "";
        this.field.focus(); // now: once it is sent, one may be elsewhere
        this.fit();
        const sent = await this.say(text);
        if (!sent && !this.field.value) this.field.value = text;
        this.fit();
    }

    async openCommands() {
        const known = await act("commands", { person: this.phone.me });
        if (!known?.length) return toast(say("no-commands"), this.phone.toasts);
        const items = known.map(({ command, description }) => [
            `/${command}`,
            () => this.say(`/${command}`),
            description,
        ]);
        return openMenu(this.commands, items, this.element);
    }

    openFiles() {
        openMenu(
            this.attach,
            [
                [say("attach-photo"), () => this.pick("photo", "image/*")],
                [say("attach-file"), () => this.pick("document", "")],
                [say("attach-voice"), () => this.sendVoice(sample())],
            ],
            this.element,
        );
    }

    pick(kind, accepted) {
        this.picked = kind;
        this.picker.accept = accepted;
        this.picker.click();
    }

    async sendFile() {
        const [file] = this.picker.files;
        this.picker.value = "";
        if (!file) return;
        const told = {
            person: this.phone.me,
            content: await base64(file),
            name: file.name,
            ...this.phone.place(),
        };
        await act(`send_${this.picked}`, told);
    }

    /** Begin to record; the second time, end it and send. */
    async speak() {
        if (this.finish) return this.spoken();
        try {
            this.finish = await record();
            this.recording(true);
        } catch {
            toast(say("no-microphone"), this.phone.toasts);
            await this.sendVoice(sample());
        }
        return null;
    }

    async spoken() {
        const finish = this.finish;
        this.finish = null;
        this.recording(false);
        await this.sendVoice(finish());
    }

    recording(running) {
        this.voice.classList.toggle("recording", running);
        this.voice.ariaLabel = this.voice.title = say(running ? "record-end" : "record");
        this.field.placeholder = say(running ? "recording" : "message");
    }

    async sendVoice(voice) {
        try {
            await act("send_voice", {
                person: this.phone.me,
                content: await voice,
                ...this.phone.place(),
            });
        } catch {
            toast(say("no-sound"), this.phone.toasts);
        }
    }
}
