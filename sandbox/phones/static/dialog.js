"use strict";
// Questions and pictures in front of everything else.

import { button, el, iconButton } from "./dom.js";
import { say } from "./words.js";

let opened = 0;

/** Open a dialog with a title; it is closed by its cross, by Escape, or by `close()`. */
export function dialog(title, ...content) {
    opened += 1;
    const head = el("h2", { id: `dialog-${opened}`, text: title, dir: "auto" });
    const box = el("dialog", { "aria-labelledby": head.id });
    const cross = iconButton("close", say("close"), () => box.close());
    box.append(el("div", { class: "dialog-head" }, head, cross), ...content);
    box.addEventListener("close", () => box.remove());
    box.addEventListener("click", (event) => {
        if (event.target === box) box.close();
    });
    document.body.append(box);
    box.showModal();
    return box;
}

/** Show words that must be acknowledged. */
export function alertBox(title, words) {
    const understood = button(say("ok"), () => box.close(), { class: "strong", autofocus: true });
    const box = dialog(
        title,
        el("p", { dir: "auto", class: "alert-words", text: words }),
        understood,
    );
    box.setAttribute("role", "alertdialog");
}
