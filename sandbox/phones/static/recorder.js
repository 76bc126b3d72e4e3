"use strict";
// The microphone, and the sample for those who have none.

import { oggFromWebm } from "./ogg.js";

const OGG = "audio/ogg;codecs=opus";
const WEBM = "audio/webm;codecs=opus";

/** Begin to record; return a function that ends it and gives the voice as OGG/Opus, in base64. */
export async function record() {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const kind = MediaRecorder.isTypeSupported(OGG) ? OGG : WEBM;
    const recorder = new MediaRecorder(stream, { mimeType: kind });
    const parts = [];
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.start();
    return async () => {
        await ended(recorder);
        stream.getTracks().forEach((track) => track.stop());
        const whole = new Blob(parts);
        return base64(kind === OGG ? whole : oggFromWebm(await whole.arrayBuffer()));
    };
}

/** Return the sample voice, in base64. */
export async function sample() {
    return base64(await (await fetch("/static/sample.ogg")).blob());
}

/** Return the bytes of a file in base64. */
export function base64(blob) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.addEventListener("load", () =>
            resolve(reader.result.slice(reader.result.indexOf(",") + 1)),
        );
        reader.addEventListener("error", () => reject(reader.error));
        reader.readAsDataURL(blob);
    });
}

function ended(recorder) {
    return new Promise((resolve) => {
        recorder.addEventListener("stop", resolve);
        recorder.stop();
    });
}
