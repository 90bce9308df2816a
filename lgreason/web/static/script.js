// What a page does besides its forms, which all work without this.
"use strict";

const body = document.body, base = body.dataset.base;
const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
const debounced = (wait, act) => { let timer; return (...args) => { clearTimeout(timer); timer = setTimeout(() => act(...args), wait); }; };
// One question at a time: what comes while the last is being answered is asked after it, once.
const inTurn = (act) => {
  let busy = false, again = false;
  return async function go() {
    if (busy) { again = true; return; }
    busy = true;
    try { await act(); } finally { busy = false; if (again) { again = false; go(); } }
  };
};

// Leaving: what was typed or changed and is not kept is asked about.
let leaving = false;
const dirty = () => all("form[data-dirty]").some((form) => form.dataset.touched === "yes");
document.addEventListener("submit", () => { leaving = true; });
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (link && link.origin === location.origin && !dirty()) { leaving = true; setTimeout(() => { leaving = false; }, 1500); }
  if (link && link.dataset.saves !== undefined) setTimeout(() => location.reload(), 800);
});
window.addEventListener("beforeunload", (event) => {
  if (!leaving && (dirty() || body.dataset.unsaved)) { event.preventDefault(); event.returnValue = body.dataset.leave; }
});

// Dropping files anywhere on the page.
const drop = document.querySelector("form.drop");
if (drop) {
  const input = drop.querySelector("input[type=file]");
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.toggle("over", kind === "dragover"); });
  }
  document.addEventListener("drop", (event) => { if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; drop.requestSubmit(); } });
  input.addEventListener("change", () => { if (input.files.length) drop.requestSubmit(); });
}

// The sentence box: the answer comes beside the page.
const ask = document.querySelector("form.ask"), answer = document.getElementById("answer");
const line = document.getElementById("line");
if (ask && body.dataset.desk !== "ask") {
  ask.addEventListener("submit", async (event) => {
    event.preventDefault(); leaving = false;
    const reply = await fetch(ask.action, { method: "POST", body: new FormData(ask), headers: { accept: "application/json" } });
    const close = document.createElement("button");
    close.type = "button"; close.className = "close"; close.textContent = "×"; close.setAttribute("aria-label", "close");
    close.addEventListener("click", () => { answer.hidden = true; line.focus(); });
    if (reply.headers.get("content-type").startsWith("application/json")) answer.innerHTML = (await reply.json()).html;
    else answer.replaceChildren(new DOMParser().parseFromString(await reply.text(), "text/html").querySelector("main"));
    answer.prepend(close); answer.hidden = false; answer.scrollTop = 0; line.select();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !answer.hidden) { answer.hidden = true; line.focus(); }
    if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) { event.preventDefault(); line.focus(); }
  });
}
if (line) line.addEventListener("input", debounced(200, async () => {
  const reply = await fetch(`${base}/ask/completions?line=${encodeURIComponent(line.value)}`, { headers: { accept: "application/json" } });
  if (!reply.ok) return;
  document.getElementById("completions").replaceChildren(...(await reply.json()).map((text) => { const option = document.createElement("option"); option.value = text; return option; }));
}));

// Work that takes its time: how long it has taken, and the page again once it is done.
for (const place of all("[data-poll]")) {
  const timer = setInterval(async () => {
    const reply = await fetch(place.dataset.poll, { headers: { accept: "application/json" } });
    if (!reply.ok) return;
    const found = await reply.json();
    if (!found.running) { clearInterval(timer); leaving = true; location.reload(); return; }
    place.querySelector("[data-seconds]").textContent = found.seconds;
  }, 1000);
}

// Filtering rows, opening and closing trees, printing, filling in the head of a memorandum.
for (const input of all("[data-filter]")) input.addEventListener("input", () => {
  for (const row of all(input.dataset.filter)) row.hidden = !row.textContent.toLowerCase().includes(input.value.toLowerCase());
});
for (const [name, open] of [["open", true], ["close", false]]) for (const button of all(`[data-${name}]`)) {
  button.hidden = false;
  button.addEventListener("click", () => { for (const part of all("details", document.querySelector(button.dataset[name]))) part.open = open; });
}
for (const button of all("[data-print]")) { button.hidden = false; button.addEventListener("click", () => print()); }
for (const input of all("[data-fills]")) input.addEventListener("input", () => {
  for (const place of all(`[data-fill="${input.dataset.fills}"]`)) { place.dataset.blank ??= place.textContent; place.textContent = input.value || place.dataset.blank; }
});
addEventListener("beforeprint", () => { for (const part of all("main details:not([open])")) { part.open = true; part.dataset.opened = "yes"; } });
addEventListener("afterprint", () => { for (const part of all("details[data-opened]")) { part.open = false; delete part.dataset.opened; } });

// A record: what is wrong stands beside its field while one types, and what was read.
for (const form of all("form.record[data-check]")) {
  let turn = 0;
  const check = debounced(250, async () => {
    const mine = ++turn;
    const reply = await fetch(form.dataset.check, { method: "POST", body: new FormData(form), headers: { accept: "application/json" } });
    if (!reply.ok || mine !== turn) return;
    const found = await reply.json();
    for (const field of all(".field", form)) {
      const name = field.dataset.name, faults = found.findings[name] || [];
      for (const old of all(".fault", field)) old.remove();
      for (const each of faults) { const fault = document.createElement("span"); fault.className = `fault ${each.severity}`; fault.id = `fault-${name}`; fault.textContent = each.text; field.append(fault); }
      const input = field.querySelector("input, select");
      if (faults.length) { input.setAttribute("aria-invalid", "true"); input.setAttribute("aria-describedby", `fault-${name}`); }
      else { input.removeAttribute("aria-invalid"); input.removeAttribute("aria-describedby"); }
      if (found.read) field.querySelector(".read").textContent = found.read[name] || "";
    }
    if (found.html) document.getElementById(form.dataset.result).innerHTML = found.html;
    const live = form.querySelector(".live"), parts = [];
    for (const [name, faults] of Object.entries(found.findings)) if (!form.querySelector(`.field[data-name="${CSS.escape(name)}"]`)) for (const each of faults) { const part = document.createElement("span"); part.className = each.severity === "warning" ? "undetermined" : "ineligible"; part.textContent = each.text; parts.push(part); }
    for (const each of found.verdicts || []) { const part = document.createElement("span"); part.className = each.verdict; part.textContent = `${each.position}: ${each.words} ${each.first}`; parts.push(part); }
    for (const text of found.lines || []) { const part = document.createElement("span"); part.textContent = text; parts.push(part); }
    live.replaceChildren(...parts);
  });
  form.addEventListener("input", (event) => {
    form.dataset.touched = "yes";
    if (event.target.type !== "radio") for (let list = event.target.closest(".collection"); list; list = list.parentElement.closest(".collection")) list.querySelector('.state input[value="given"]').checked = true;
    check();
  });
  check();
}

// The rule editor: numbers beside the lines, findings while one types.
for (const editor of all(".editor")) {
  const text = editor.querySelector("textarea"), gutter = editor.querySelector(".gutter"), form = editor.closest("form");
  const number = () => {
    const count = text.value.split("\n").length;
    gutter.textContent = Array.from({ length: count }, (_, n) => n + 1).join("\n");
    text.rows = count + 1;
  };
  const check = debounced(20, inTurn(async () => {
    const reply = await fetch(form.dataset.check, { method: "POST", body: new FormData(form), headers: { accept: "application/json" } });
    if (!reply.ok) return;
    const found = await reply.json();
    document.getElementById("rule-findings").innerHTML = found.html;
    form.querySelector("[name=saved]").disabled = !found.sound;
  }));
  // What may come next: Ctrl+Space goes to the words offered, Esc back; and the clause whose id one stands in.
  const offers = form.querySelector(".offers"), about = form.querySelector(".about");
  let asked = 0;
  const complete = debounced(120, async () => {
    const mine = ++asked, data = new FormData(form), at = text.selectionStart;
    data.set("at", at);
    const reply = await fetch(form.dataset.complete, { method: "POST", body: data, headers: { accept: "application/json" } });
    if (!reply.ok || mine !== asked) return;
    const found = await reply.json();
    offers.hidden = !found.offers.length;
    offers.replaceChildren(...found.offers.slice(0, 12).map(([start, word]) => {
      const button = document.createElement("button");
      button.type = "button"; button.textContent = word.trim();
      button.addEventListener("click", () => {
        text.focus(); text.setRangeText(word, start, at, "end");
        text.dispatchEvent(new Event("input"));
      });
      return button;
    }));
    about.replaceChildren(...found.about.map((line) => { const part = document.createElement("p"); part.textContent = line; return part; }));
  });
  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === " ") { event.preventDefault(); offers.querySelector("button")?.focus(); }
    if (event.key === "Escape" && offers.contains(document.activeElement)) { event.stopPropagation(); text.focus(); }
    const step = { ArrowRight: "nextElementSibling", ArrowDown: "nextElementSibling", ArrowLeft: "previousElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (step && offers.contains(document.activeElement)) { event.preventDefault(); document.activeElement[step]?.focus(); }
  });
  for (const kind of ["click", "keyup"]) text.addEventListener(kind, complete);
  text.addEventListener("input", () => { form.dataset.touched = "yes"; number(); check(); complete(); });
  document.addEventListener("click", (event) => {
    const to = event.target.closest("[data-line]");
    if (!to) return;
    const lines = text.value.split("\n"), row = Number(to.dataset.line) - 1, column = Number(to.dataset.column || 1) - 1;
    const at = lines.slice(0, row).reduce((sum, each) => sum + each.length + 1, 0) + column;
    event.preventDefault(); text.focus(); text.setSelectionRange(at, at + 1);
  });
  number(); check();
}
