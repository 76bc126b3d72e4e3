"use strict";
// The drawer "What happens behind": switches to break things, the way of each tap, the ledger.

import { byId, el, icon, iconButton } from "./dom.js";
import { ledger } from "./ledger.js";
import { switches } from "./switches.js";
import { say } from "./words.js";
import { ways } from "./ways.js";

/** Make the drawer and its button. */
export function mountBehind() {
    const opener = byId("behind-button");
    opener.append(icon("gears"), el("span", { text: say("behind") }));
    opener.addEventListener("click", () => turn(byId("behind").hidden));
    const close = iconButton("close", say("close"), () => {
        turn(false);
        opener.focus();
    });
    byId("behind").append(
        el(
            "div",
            { class: "dialog-head" },
            el("h2", { id: "behind-title", text: say("behind") }),
            close,
        ),
        switches(),
        ways(),
        ledger(),
    );
}

/** Open the drawer, if it is not. */
export function openBehind() {
    turn(true);
}

function turn(shown) {
    byId("behind").hidden = !shown;
    byId("behind-button").setAttribute("aria-expanded", String(shown));
    if (shown) byId("behind").dispatchEvent(new Event("shown"));
}
