// Keeps the screen of a room right for hours: chooses by the clock what is now and next, asks for news, and says when the
// line is lost. What stands in the page is enough to go on without a line. Without script the page loads itself anew.
const ASK_EVERY = 20_000;
const SETTLE_EVERY = 1_000;
let main = document.querySelector("[data-display]");
let known = "";
let lostSince = 0;
let told = 0; // the last date the server told
let ahead = 0; // how much the clock of the server is ahead of this machine's

const present = () => Date.now() + ahead;
const zone = () => ({ timeZone: main.dataset.zone });
const timeOf = (instant) => new Intl.DateTimeFormat("de", { hour: "2-digit", minute: "2-digit", ...zone() }).format(instant);
const dayOf = (instant) => new Intl.DateTimeFormat("en-CA", zone()).format(instant);

function settle() {
  const now = present();
  const clock = main.querySelector("[data-clock]");
  clock.hidden = false;
  if (clock.textContent !== timeOf(now)) clock.textContent = timeOf(now);
  let isNextKnown = false;
  let isAnythingLeft = false;
  for (const act of main.querySelectorAll(".act")) {
    const from = Date.parse(act.dataset.from);
    let state = "past";
    if (Date.parse(act.dataset.until) > now) {
      isAnythingLeft = true;
      state = from <= now ? "now" : isNextKnown ? "later" : "next";
      isNextKnown ||= from > now;
    }
    for (const one of ["past", "now", "next", "later"]) act.classList.toggle(`act--${one}`, one === state);
    act.classList.toggle("act--today", dayOf(from) === dayOf(now));
    act.querySelector(".act__label").textContent = main.dataset[state] ?? "";
  }
  const idle = main.querySelector("[data-idle]");
  if (idle) idle.hidden = isAnythingLeft;
}

function tell(isLost) {
  if (!isLost) lostSince = 0;
  else lostSince ||= present();
  const words = lostSince ? main.dataset.lost.replace("{time}", timeOf(lostSince)) : "";
  const line = main.querySelector("[data-line]");
  if (line.textContent !== words) line.textContent = words;
}

function take(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.querySelector("[data-display]");
  const script = (one) => one.querySelector("script[src*='room']")?.getAttribute("src");
  if (!fresh) return false;
  if (script(page) !== script(document)) return location.reload(); // a new version of the site
  main.replaceWith(fresh);
  main = fresh;
  prepare();
  return true;
}

// Only a date that moves on is the present one; a kept answer may carry an old one.
function measure(date) {
  if (date > told && told && Math.abs(date - Date.now()) > 5_000) ahead = date - Date.now();
  told = Math.max(told, date || 0);
}

async function ask() {
  try {
    const answer = await fetch(location.href, { cache: "no-cache", signal: AbortSignal.timeout(ASK_EVERY / 2) });
    if (!answer.ok) throw new Error(answer.status);
    measure(Date.parse(answer.headers.get("Date") ?? ""));
    const text = await answer.text();
    if (known && text !== known && !take(text)) throw new Error("another page");
    known = text;
    tell(false);
  } catch {
    tell(true);
  }
  settle();
}

function prepare() {
  const button = main.querySelector("[data-fullscreen]");
  if (document.documentElement.requestFullscreen) {
    button.hidden = false;
    button.addEventListener("click", () => document.documentElement.requestFullscreen());
  }
  settle();
}

const stayAwake = () => document.visibilityState === "visible" && navigator.wakeLock?.request("screen").catch(() => {});
document.addEventListener("visibilitychange", stayAwake);
window.addEventListener("online", ask);
window.addEventListener("offline", () => tell(true));
prepare();
stayAwake();
ask();
setInterval(settle, SETTLE_EVERY);
setInterval(ask, ASK_EVERY);
