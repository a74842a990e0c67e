/* noivu: keys, popovers, choosing rows, theme. Every page works without this file; with it, it works faster. */
(() => {
  "use strict";

  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const one = (selector, root = document) => root.querySelector(selector);
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").replace(/\s+/g, " ").toLowerCase();
  const keysAreOn = () => document.body.dataset.keys === "on";

  /* Theme: the server draws it from the cookie; here it changes at once. */
  const isDark = () => {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };
  const switchTheme = (event) => {
    event.preventDefault();
    const wanted = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = wanted;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `noivu_theme=${wanted}; path=/; max-age=31536000; SameSite=Lax${secure}`;
    /* The account keeps it too; if that fails, this browser still does. */
    const kept = new FormData(event.target);
    kept.set("theme", wanted);
    fetch(event.target.action, { method: "POST", body: kept, redirect: "manual", keepalive: true }).catch(() => {});
  };

  /* Popovers: one open at a time; Esc and a press outside close. */
  const popovers = () => all("details.pick[open]:not(.static), details.person[open]");
  const closePopovers = (except) => {
    const open = popovers().filter((popover) => popover !== except && !popover.contains(except));
    open.forEach((popover) => { popover.open = false; });
    return open.length > 0;
  };

  document.addEventListener("toggle", (event) => {
    const popover = event.target;
    if (!popover.matches || !popover.matches(".filters .pick[open]")) return;
    popover.classList.remove("to-end");
    const box = one(":scope > div", popover);
    if (box && box.getBoundingClientRect().right > document.documentElement.clientWidth) popover.classList.add("to-end");
  }, true);

  /* Rows of a register. */
  const rows = () => all("[data-register] tbody tr[data-row]:not([hidden]), [data-register] li[data-row]");
  const here = () => one("[data-register] .is-here");
  const boxOf = (row) => one('input[name="row"]', row);
  const go = (step) => {
    const list = rows();
    if (!list.length) { press(`a[data-key="${step > 0 ? "j" : "k"}"]`); return; }
    const place = list.indexOf(here());
    const next = list[Math.max(0, Math.min(list.length - 1, place < 0 ? 0 : place + step))];
    list.forEach((row) => row.classList.toggle("is-here", row === next));
    const link = one("[data-open]", next) || (next.matches("li") ? one("a", next) : null);
    if (link) link.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };
  const showChosen = () => {
    const boxes = all('[data-register] input[name="row"]');
    const chosen = boxes.filter((box) => box.checked);
    boxes.forEach((box) => box.closest("tr").classList.toggle("is-picked", box.checked));
    all("[data-chosen-count]").forEach((place) => { place.textContent = String(chosen.length); });
    const whole = one("[data-choose-all]");
    if (whole) {
      whole.checked = chosen.length > 0 && chosen.length === boxes.length;
      whole.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
    }
    return chosen.length;
  };
  const choose = (boxes, checked) => {
    boxes.forEach((box) => { box.checked = checked; });
    showChosen();
  };
  const unchoose = () => choose(all('[data-register] input[name="row"]'), false);
  const closeDetail = (row) => {
    const detail = row.nextElementSibling;
    if (!detail || !detail.matches("[data-detail]")) return false;
    detail.remove();
    row.classList.remove("is-open");
    const link = one("[data-open]", row);
    if (link) { link.setAttribute("aria-expanded", "false"); link.focus({ preventScroll: true }); }
    return true;
  };
  const closeOpened = () => all("tr.is-open").map(closeDetail).some(Boolean);
  const columnsOf = (row) => all("td", row).length;

  /* Single keys; never while a field has focus. */
  const press = (selector) => {
    const target = one(selector);
    if (target) target.click();
    return Boolean(target);
  };
  /* A card opens no passage: its acts are those that the passage of its row offers under the same keys. */
  const actOnCard = (key, target) => {
    const card = target.closest("li[data-acts]") || one("li.is-here[data-acts]");
    if (!card) return false;
    fetch(card.dataset.acts, { headers: { "HX-Request": "true" } })
      .then((answer) => (answer.ok ? answer.text() : ""))
      .then((text) => {
        const link = one(`a[data-key="${key}"]`, new DOMParser().parseFromString(text, "text/html"));
        if (link) location.assign(link.getAttribute("href"));
      })
      .catch(() => {});
    return true;
  };
  const byKey = {
    j: () => go(1),
    k: () => go(-1),
    x: () => {
      const box = here() && boxOf(here());
      if (box) choose([box], !box.checked);
    },
    "/": () => {
      const field = one("#find") || one("#q");
      if (field) { field.focus(); field.select(); }
    },
    "?": () => {
      const dialog = one("#keys");
      if (dialog && !dialog.open) dialog.showModal();
    },
  };
  const isTyping = (target) => target.matches("textarea, select, [contenteditable], input:not([type=checkbox]):not([type=radio]):not([type=button])");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      const open = popovers()[0];
      if (open) { closePopovers(); one("summary", open).focus(); }
      else if (!closeEvidence() && !closeOpened()) unchoose();
      return;
    }
    if (event.key === "Enter" && event.target.matches("input[data-enter]")) {
      /* Looking for something within a longer form is not sending it. */
      event.preventDefault();
      document.getElementById(event.target.dataset.enter).click();
      return;
    }
    if (event.key === "ArrowDown" && event.target.closest(".field")) {
      const suggestion = one(".suggest button", event.target.closest(".field"));
      if (suggestion) { event.preventDefault(); suggestion.focus(); }
      return;
    }
    if (!keysAreOn() || isTyping(event.target) || one("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (byKey[key]) { event.preventDefault(); byKey[key](); return; }
    const named = /^[a-z[\]]$/.test(key) && one(`.bulk [data-key="${key}"]`);
    const usable = named && showChosen() > 0 ? `.bulk [data-key="${key}"]` : `a[data-key="${key}"], .triage button[data-key="${key}"]`;
    if (/^[a-z[\]]$/.test(key) && (press(usable) || actOnCard(key, event.target))) event.preventDefault();
  });

  /* The line of events: the arrows go to the one before and the one after, and the focus stays on the line. */
  document.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const link = step && !event.altKey && !event.ctrlKey && !event.metaKey && event.target.closest("[data-events] ol a");
    if (!link) return;
    const links = all("a", link.closest("ol"));
    const next = links[links.indexOf(link) + step];
    if (next) { event.preventDefault(); location.assign(`${next.href}#event-now`); }
  });

  /* A board: left and right to the card beside, in the next column that has any. */
  document.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const card = step && !event.altKey && !event.ctrlKey && !event.metaKey && event.target.closest("[data-board] li[data-row]");
    if (!card) return;
    const lanes = all("[data-board] section").map((lane) => all("li[data-row]", lane)).filter((cards) => cards.length);
    const lane = lanes.findIndex((cards) => cards.includes(card));
    const beside = lanes[lane + step];
    if (!beside) return;
    event.preventDefault();
    const next = beside[Math.min(lanes[lane].indexOf(card), beside.length - 1)];
    rows().forEach((row) => row.classList.toggle("is-here", row === next));
    one("a", next).focus();
  });

  document.addEventListener("click", (event) => {
    closePopovers(event.target.closest("details"));
    const link = event.target.closest("[data-open][aria-expanded=true]");
    if (link && closeDetail(link.closest("tr"))) { event.preventDefault(); event.stopPropagation(); }
    const pick = event.target.closest(".suggest [data-value]");
    if (pick) {
      const field = one("input", pick.closest(".field"));
      field.value = pick.dataset.value;
      pick.closest(".suggest").replaceChildren();
      field.focus();
    }
    if (event.target.closest("[data-close-evidence]")) closeEvidence();
    if (event.target.closest("[data-print]")) window.print();
    if (event.target.closest("[data-unchoose]")) { event.preventDefault(); unchoose(); }
  }, true);

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-choose-all]")) {
      choose(all('[data-register] input[name="row"]'), event.target.checked);
    } else if (event.target.matches('[data-register] input[name="row"]')) showChosen();
  });

  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-sift], [data-sift-rows]")) return;
    const words = fold(event.target.value);
    const table = event.target.dataset.siftRows;
    const items = table ? all(`#${table} tbody tr`) : all("li", event.target.parentElement);
    items.forEach((item) => { item.hidden = !fold(item.textContent).includes(words); });
  });

  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-theme-switch]")) switchTheme(event);
    else if (event.target.matches("form.filters")) {
      /* Empty fields would only lengthen the address. */
      all("input, select", event.target).forEach((field) => { if (!field.value) field.disabled = true; });
    }
  });

  /* What htmx brings in. */
  document.addEventListener("htmx:load", (event) => all("[data-sift]", event.target).forEach((field) => { field.hidden = false; }));
  document.addEventListener("htmx:configRequest", (event) => {
    const row = event.detail.elt.closest("tr[data-row]");
    if (!row || !event.detail.elt.matches("[data-open]")) return;
    if (row.classList.contains("is-open")) event.preventDefault();
    event.detail.parameters.columns = columnsOf(row);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const link = event.detail.requestConfig && event.detail.requestConfig.elt;
    if (!link || !link.matches("[data-open]")) return;
    const row = link.closest("tr");
    all("tr.is-open").filter((open) => open !== row).forEach(closeDetail);
    rows().forEach((other) => other.classList.toggle("is-here", other === row));
    row.classList.add("is-open");
    link.setAttribute("aria-expanded", "true");
    link.focus({ preventScroll: true });
  });

  /* Evidence beside a report: its number is marked; where the panel stands under the paper, sight goes there. */
  let resting = [];
  const evidenceOf = () => one(".fig[data-evidence][aria-current]");
  const closeEvidence = () => {
    const figure = evidenceOf();
    if (!figure) return false;
    figure.removeAttribute("aria-current");
    one("#evidence").replaceChildren(...resting);
    figure.focus();
    figure.scrollIntoView({ block: "nearest" });
    return true;
  };
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id === "evidence" && !evidenceOf()) resting = Array.from(event.detail.target.childNodes);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const figure = event.detail.requestConfig && event.detail.requestConfig.elt;
    if (!figure || !figure.matches("[data-evidence]")) return;
    all(".fig[data-evidence][aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    figure.setAttribute("aria-current", "true");
    const panel = one("#evidence");
    if (panel.getBoundingClientRect().top > window.innerHeight / 2) panel.scrollIntoView();
  });
  const tellFailure = () => {
    const words = one("#failed");
    const place = one("#refusal");
    if (words && place) { place.replaceChildren(words.content.cloneNode(true)); place.scrollIntoView({ block: "nearest" }); }
  };
  document.addEventListener("htmx:responseError", tellFailure);
  document.addEventListener("htmx:sendError", tellFailure);

  /* Toasts go after eight seconds, not while one reads or points at them. */
  const LINGER = 8000;
  const letGo = (toast) => {
    toast.dataset.toast = "seen";
    const leave = () => { if (toast.matches(":hover, :focus-within")) setTimeout(leave, 1000); else toast.remove(); };
    setTimeout(leave, LINGER);
  };
  const seeToasts = () => all('[data-toast=""]').forEach(letGo);
  document.addEventListener("htmx:oobAfterSwap", seeToasts);

  /* On a phone the navigation and the parts of a register scroll sideways: the present entry comes into sight. */
  const bringIntoSight = (entry) => {
    const line = entry.closest("ol, ul, nav");
    const [its, whole] = [entry.getBoundingClientRect(), line.getBoundingClientRect()];
    line.scrollLeft += its.left - whole.left - (whole.width - its.width) / 2;
  };
  document.addEventListener("focusin", (event) => {
    const entry = event.target.closest(".nav a, .cuts a");
    if (entry && entry.matches(":focus-visible")) bringIntoSight(entry);
  });
  const start = () => {
    all(".nav [aria-current], .cuts [aria-current], .events [aria-current]").forEach(bringIntoSight);
    all("[data-print], [data-sift]").forEach((element) => { element.hidden = false; });
    all("details[data-fold]").forEach((fold) => { fold.open = matchMedia("(min-width: 68rem)").matches; });
    showChosen();
    /* After an act Tab goes on in the page that follows it, not from the masthead. */
    if (one("[data-toast]") && !one("[autofocus]") && document.activeElement === document.body && !location.hash) one("#content").focus({ preventScroll: true });
    seeToasts();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
