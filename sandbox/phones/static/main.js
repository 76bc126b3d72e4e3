"use strict";
// The page: its words, its parts, then the stream that brings them to life.

import { mountBehind } from "./behind.js";
import { byId } from "./dom.js";
import { connect } from "./live.js";
import { mountClock } from "./clock.js";
import { mountPeople } from "./people.js";
import { mountPosters } from "./posters.js";
import { mountStreet } from "./street.js";
import { mountTheme } from "./theme.js";
import { mountTour } from "./tour.js";
import { loadWords, say } from "./words.js";

await loadWords();
byId("title").textContent = say("title");
mountTheme();
mountClock();
mountStreet();
mountPeople();
mountPosters();
mountBehind();
mountTour();
connect();
document.documentElement.dataset.ready = "";
