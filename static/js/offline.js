// The offline copy, by click only: nothing is stored before. Without it the programme can be kept as one file.
const box = document.querySelector("[data-offline]");

function ask(worker, deed) {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = (event) => resolve(event.data);
    worker.postMessage(deed, [channel.port2]);
  });
}

function offer() {
  const { worker: address, scope, keeping, failed } = box.dataset;
  const [keep, remove, state] = ["keep", "remove", "state"].map((name) => box.querySelector(`[data-offline-${name}]`));
  const own = async () => {
    const found = await navigator.serviceWorker.getRegistration(scope);
    return found && new URL(found.scope).pathname === scope ? found : null;
  };
  const show = ({ copy = null, failed: isFailed = false }) => {
    if (copy) state.textContent = copy.words;
    else state.textContent = isFailed ? failed : "";
    keep.hidden = Boolean(copy);
    remove.hidden = !copy;
    keep.disabled = false;
  };

  keep.addEventListener("click", async () => {
    keep.disabled = true;
    state.textContent = keeping;
    try {
      const made = await navigator.serviceWorker.register(address, { scope });
      const worker = made.active ?? made.waiting ?? made.installing;
      const answer = await ask(worker, "keep");
      show(answer);
      if (answer.failed && !answer.copy) await made.unregister();
    } catch {
      show({ failed: true });
    }
    (keep.hidden ? remove : keep).focus();
  });

  remove.addEventListener("click", async () => {
    const found = await own();
    if (found?.active) await ask(found.active, "forget");
    await found?.unregister();
    show({});
    keep.focus();
  });

  box.hidden = false;
  own().then(async (found) => {
    if (!found?.active) return;
    show(await ask(found.active, "state"));
    const fresh = await ask(found.active, "refresh"); // takes over a new release; without a line all stays as it is
    if (!fresh.failed) show(fresh);
  });
}

if (box && "serviceWorker" in navigator && "caches" in window) offer();
