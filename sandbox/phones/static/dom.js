"use strict";
// Making elements. Text only ever becomes text: nothing here reads HTML.

const SVG = "http://www.w3.org/2000/svg";

const SETTERS = {
    class: (node, value) => node.classList.add(...value.split(" ").filter(Boolean)),
    text: (node, value) => node.append(value),
    data: (node, value) => Object.assign(node.dataset, value),
    on: (node, value) =>
        Object.entries(value).forEach(([name, told]) => node.addEventListener(name, told)),
};

/** Make an element: attributes by name, and `class`, `text`, `data`, `on`; no absent children. */
export function el(tag, properties = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
        if (value === null || value === undefined || value === false) continue;
        if (SETTERS[name]) SETTERS[name](node, value);
        else node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
}

/** Draw one of the icons of icons.svg; it says nothing to a screen reader. */
export function icon(name) {
    const drawing = document.createElementNS(SVG, "svg");
    const use = document.createElementNS(SVG, "use");
    use.setAttribute("href", `/static/icons.svg#${name}`);
    drawing.setAttribute("class", "icon");
    drawing.setAttribute("aria-hidden", "true");
    drawing.append(use);
    return drawing;
}

/** Make a button that shows an icon and is called by its label. */
export function iconButton(name, label, onClick, properties = {}) {
    const told = { type: "button", "aria-label": label, title: label, on: { click: onClick } };
    return el("button", { class: "round", ...told, ...properties }, icon(name));
}

/** Make a button that shows words. */
export function button(words, onClick, properties = {}) {
    return el("button", { type: "button", on: { click: onClick }, ...properties }, words);
}

/** Find an element of the page by its id. */
export function byId(id) {
    return document.getElementById(id);
}
