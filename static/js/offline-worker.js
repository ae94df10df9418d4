// Serves the offline copy of one event's programme when there is no line. It is registered by the visitor's click only.
// A copy is complete or it is not there: it is fetched under one version, marked last, and only then replaces the former.
const SCOPE = new URL(self.registration.scope).pathname;
const PREFIX = `offline ${SCOPE} `;
const MARK = `${SCOPE}offline-mark`;
const PATIENCE = 6_000;
const AT_ONCE = 4;
const ATTEMPTS = 3;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function copies() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

// The finished copy with what is known of it, or nothing.
async function finished() {
  for (const name of await copies()) {
    const cache = await caches.open(name);
    const mark = await cache.match(MARK);
    if (mark) return { name, cache, ...(await mark.json()) };
  }
  return null;
}

async function manifest() {
  const answer = await fetch(`${SCOPE}offline.json`, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

function dated(words, at, language) {
  const date = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(new Date(at));
  return words.replace("{date}", date);
}

const strip = (text) => `<p class="strip" role="note">${text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</p>`;

async function keepOne(cache, url, note) {
  const answer = await fetch(url, { cache: "no-cache" });
  if (!answer.ok || answer.redirected) throw new Error(`${url} ${answer.status}`);
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  const isPage = (headers.get("Content-Type") ?? "").startsWith("text/html");
  const body = isPage ? (await answer.text()).replace("<main", () => `${note}<main`) : await answer.blob();
  await cache.put(url, new Response(body, { headers }));
}

async function keepAll(found, at) {
  const name = `${PREFIX}${found.version} ${at}`;
  const cache = await caches.open(name);
  const note = strip(dated(found.words.copy, at, found.language));
  const waiting = [...found.pages, ...found.files];
  const work = async () => {
    for (let url = waiting.shift(); url; url = waiting.shift()) await keepOne(cache, url, note);
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const after = await manifest();
    if (after.version !== found.version) return after; // released anew meanwhile
    const { version, words, language, home, styles } = found;
    await cache.put(MARK, new Response(JSON.stringify({ version, words, language, home, styles, at })));
  } catch (error) {
    waiting.length = 0;
    await caches.delete(name);
    throw error;
  }
  for (const other of await copies()) if (other !== name) await caches.delete(other);
  return null;
}

async function keep({ isRefresh }) {
  let found = await manifest();
  const former = await finished();
  if (isRefresh && (!former || former.version === found.version)) return former;
  for (let attempt = 0; found && attempt < ATTEMPTS; attempt++) found = await keepAll(found, Date.now());
  return finished();
}

async function forget() {
  for (const name of await copies()) await caches.delete(name);
  return null;
}

self.addEventListener("message", (event) => {
  const deeds = { keep: () => keep({}), refresh: () => keep({ isRefresh: true }), state: finished, forget };
  const deed = deeds[event.data];
  if (!deed) return;
  const told = (copy) => (copy ? { at: copy.at, words: dated(copy.words.copy, copy.at, copy.language) } : null);
  const work = deed().then((copy) => ({ copy: told(copy) }), () => ({ failed: true }));
  event.waitUntil(work.then((answer) => event.ports[0].postMessage(answer)));
});

function missing(copy) {
  const page = `<!DOCTYPE html><html lang="${copy.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${copy.words.title}</title><link rel="stylesheet" href="${copy.styles}"></head><body>
${strip(dated(copy.words.copy, copy.at, copy.language))}<main class="page"><div class="head"><h1>${copy.words.title}</h1>
<p><a href="${copy.home}">${copy.words.back}</a></p></div></main></body></html>`;
  return new Response(page, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

async function fromCopy(request, path) {
  const copy = await finished();
  if (!copy) return null;
  const found = await copy.cache.match(path);
  if (found) return found;
  return request.mode === "navigate" && path.startsWith(SCOPE) ? missing(copy) : null;
}

// The line first; the copy where it is dead or does not answer in time.
async function answer(request, path) {
  const isPage = request.mode === "navigate";
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const asked = fetch(request);
  asked.catch(() => {}); // it may fail when nobody waits for it any more
  try {
    const first = isPage ? await Promise.race([asked, late]) : await asked;
    if (first && !(isPage && first.status >= 502 && first.status <= 504)) return first;
  } catch (error) {
    const kept = await fromCopy(request, path);
    if (kept) return kept;
    throw error;
  }
  return (await fromCopy(request, path)) ?? asked;
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  event.respondWith(answer(event.request, url.pathname));
});
