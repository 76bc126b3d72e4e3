"use strict";
// A voice recorded by Chromium, moved from WebM into OGG: the same Opus packets, wrapped anew,
// since Telegram's voice messages are OGG/Opus. https://core.telegram.org/bots/api#sendvoice
// WebM: https://www.rfc-editor.org/rfc/rfc8794 · OGG: rfc3533 · Opus in OGG: rfc7845

// Elements that hold others: segment, cluster, tracks, track, group of blocks.
const OPENED = new Set([0x18538067, 0x1f43b675, 0x1654ae6b, 0xae, 0xa0]);
const BLOCK_HEAD = 4; // track, time, flags
const CODEC_PRIVATE = 0x63a2;
const BLOCKS = new Set([0xa3, 0xa1]);
const PACKETS_A_PAGE = 40; // a page holds 255 pieces, and a packet is at most six
const SERIAL = 0x50616c61;
const FIRST = 2;
const LAST = 4;
const FRAME_SAMPLES = [480, 960, 1920, 2880]; // at 48 kHz, SILK and hybrid: 10, 20, 40, 60 ms
const SHORT_SAMPLES = [120, 240, 480, 960]; // CELT: 2.5, 5, 10, 20 ms
const CRC = Uint32Array.from({ length: 256 }, (_none, byte) => {
    let sum = byte << 24;
    for (let bit = 0; bit < 8; bit += 1)
        sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
    return sum >>> 0;
});

/** Return an OGG/Opus file made of the packets of a WebM/Opus file. */
export function oggFromWebm(webm) {
    const { head, packets } = unwrapped(new Uint8Array(webm));
    if (!head || !packets.length) throw new Error("no Opus sound in this recording");
    const pages = [page([head], 0, 0, FIRST), page([tags()], 0, 1, 0)];
    let granule = 0;
    for (let at = 0; at < packets.length; at += PACKETS_A_PAGE) {
        const some = packets.slice(at, at + PACKETS_A_PAGE);
        granule += some.reduce((sum, packet) => sum + samples(packet), 0);
        const isLast = at + PACKETS_A_PAGE >= packets.length;
        pages.push(page(some, granule, pages.length, isLast ? LAST : 0));
    }
    return new Blob(pages, { type: "audio/ogg" });
}

/** Walk through the elements of a WebM file; keep the codec's head and each block's packet. */
function unwrapped(bytes) {
    const found = { head: null, packets: [] };
    let at = 0;
    while (at < bytes.length) {
        const id = number(bytes, at, true);
        const size = number(bytes, at + id.length, false);
        const start = at + id.length + size.length;
        at = OPENED.has(id.value) ? start : start + size.value;
        if (id.value === CODEC_PRIVATE) found.head = bytes.slice(start, at);
        if (BLOCKS.has(id.value)) found.packets.push(bytes.slice(start + BLOCK_HEAD, at));
    }
    return found;
}

/** Read a number of variable length; an id keeps the bit that tells its length. */
function number(bytes, at, keepsMark) {
    const length = Math.clz32(bytes[at] || 1) - 23;
    let value = keepsMark ? bytes[at] : bytes[at] & (0xff >> length);
    for (let next = 1; next < length; next += 1) value = value * 256 + (bytes[at + next] ?? 0);
    return { value, length };
}

/** Count the samples of an Opus packet by its first bytes (rfc6716, 3.1). */
function samples(packet) {
    const config = packet[0] >> 3;
    const hybrid = config < 16;
    const each =
        config < 12
            ? FRAME_SAMPLES[config % 4]
            : hybrid
              ? FRAME_SAMPLES[config % 2]
              : SHORT_SAMPLES[config % 4];
    const frames = [1, 2, 2, packet[1] & 0x3f][packet[0] & 3];
    return each * frames;
}

function tags() {
    const vendor = new TextEncoder().encode("sandbox");
    const made = new Uint8Array(16 + vendor.length);
    made.set(new TextEncoder().encode("OpusTags"));
    new DataView(made.buffer).setUint32(8, vendor.length, true);
    made.set(vendor, 12);
    return made;
}

function page(packets, granule, sequence, flags) {
    const lacing = packets.flatMap((packet) => [
        ...Array(Math.floor(packet.length / 255)).fill(255),
        packet.length % 255,
    ]);
    const body = packets.reduce((sum, packet) => sum + packet.length, 0);
    const made = new Uint8Array(27 + lacing.length + body);
    const view = new DataView(made.buffer);
    made.set(new TextEncoder().encode("OggS"));
    made[5] = flags;
    view.setBigUint64(6, BigInt(granule), true);
    view.setUint32(14, SERIAL, true);
    view.setUint32(18, sequence, true);
    made[26] = lacing.length;
    made.set(lacing, 27);
    let at = 27 + lacing.length;
    for (const packet of packets) {
        made.set(packet, at);
        at += packet.length;
    }
    view.setUint32(22, checksum(made), true);
    return made;
}

function checksum(bytes) {
    let sum = 0;
    for (const byte of bytes) sum = ((sum << 8) ^ CRC[(sum >>> 24) ^ byte]) >>> 0;
    return sum;
}
