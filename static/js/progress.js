// While a run is computed, its page asks every two seconds how far it is, and shows the result once it is there.
const live = document.querySelector("[data-live]");
const bar = document.querySelector("[data-live-value]");

async function look() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (answer?.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-live]");
    if (!now) return location.reload();
    if (live.textContent !== now.textContent) live.textContent = now.textContent;
    bar.value = page.querySelector("[data-live-value]").value;
  }
  setTimeout(look, 2000);
}

if (live) setTimeout(look, 1000);
