"use strict";
// The page's own words, in one language; all of them come from the server.

const FILLED = {
    word: "textContent",
    wordLabel: "ariaLabel",
    wordPlaceholder: "placeholder",
    wordTitle: "title",
};
let words = {};

/** Fetch the words, and write them wherever the page's HTML asks for them. */
export async function loadWords() {
    words = await (await fetch("/words")).json();
    document.documentElement.lang = say("language");
    document.title = say("title");
    for (const [name, property] of Object.entries(FILLED)) {
        const attribute = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
        for (const node of document.querySelectorAll(`[data-${attribute}]`)) {
            node[property] = say(node.dataset[name]);
        }
    }
}

/** Return the words of a key, with what stands between braces filled in. */
export function say(key, filling = {}) {
    const found = words[key] ?? key;
    return found.replace(/\{(\w+)\}/g, (_all, name) => String(filling[name] ?? ""));
}

/** Tell whether there are words of that key. */
export function knows(key) {
    return key in words;
}
