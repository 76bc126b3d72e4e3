"use strict";
// What people do: one request each. A refusal is told in a toast.

import { toast } from "./toast.js";
import { say } from "./words.js";

/** Do it; return what it gave, or null where it was refused. */
export async function act(action, told = {}) {
    try {
        const response = await fetch(`/act/${action}`, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify(told),
        });
        const answer = await response.json();
        if (answer.ok) return answer.result ?? {};
        toast(say("refused", { why: answer.error.split("\n")[0] }));
    } catch {
        toast(say("unreachable"));
    }
    return null;
}
