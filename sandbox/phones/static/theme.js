"use strict";
// Light or dark: as the machine says, until it is chosen here.

import { byId, icon } from "./dom.js";
import { say } from "./words.js";

const KEY = "theme";
const DARK = matchMedia("(prefers-color-scheme: dark)");

/** Let light or dark be chosen. */
export function mountTheme() {
    const kept = localStorage.getItem(KEY);
    if (kept) document.documentElement.dataset.theme = kept;
    byId("theme-button").addEventListener("click", () => {
        const next = isDark() ? "light" : "dark";
        document.documentElement.dataset.theme = next;
        localStorage.setItem(KEY, next);
        draw();
    });
    DARK.addEventListener("change", draw);
    draw();
}

function isDark() {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : DARK.matches;
}

function draw() {
    const next = isDark() ? "light" : "dark";
    const toggle = byId("theme-button");
    toggle.replaceChildren(icon(next));
    toggle.ariaLabel = toggle.title = say(`theme-${next}`);
}
