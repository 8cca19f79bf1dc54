// The review page. Everything that is shown comes escaped from the server; nothing here
// writes HTML of its own.
import { start as startScan } from "./scan.js";

const $ = (query, root = document) => root.querySelector(query);
const all = (query, root = document) => [...root.querySelectorAll(query)];
const desk = $("#desk");

export function tell(text, bad = false) {
  const notice = $("#notice");
  notice.textContent = text;
  notice.className = bad ? "shown bad" : "shown";
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { notice.className = ""; }, bad ? 5000 : 1200);
}

async function send(what, body) {
  try {
    const answer = await fetch(`${desk.dataset.address}/${what}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const told = await answer.json();
    if (answer.ok) return told;
    tell(told.error, true);
    if (answer.status === 409) await reload();
  } catch {
    tell($("#notice").dataset.unreachable, true);
  }
  return null;
}

// ---- the panel: doubts, fields, directives, history ----

let scan;
let active = 0;

const doubts = () => all(".doubt");

function activate(index, focus = true) {
  const cards = doubts();
  cards.forEach((card) => card.classList.remove("active"));
  if (!cards.length) return;
  active = Math.max(0, Math.min(index, cards.length - 1));
  const card = cards[active];
  card.classList.add("active");
  if (focus) card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  scan.showPlace(card.dataset);
}

function drawCrops() {
  for (const card of doubts()) {
    const crop = $(".crop", card);
    if (crop) scan.crop(crop, card.dataset);
  }
}

async function reload() {
  const panel = $("#panel");
  const kept = panel.scrollTop;
  const [fresh] = await Promise.all([fetch(`${desk.dataset.address}/panel`), scan.reloadText()]);
  if (!fresh.ok) return;
  panel.replaceChildren(...new DOMParser().parseFromString(await fresh.text(), "text/html").body.childNodes);
  panel.scrollTop = kept;
  drawCrops();
  activate(active, false);
}

async function correct(body) {
  if (!(await send("corrections", body))) return false;
  tell($("#notice").dataset.saved);
  await reload();
  return true;
}

async function decide(card, value) {
  const name = card.dataset.field;
  if (!(await correct({ kind: "field", name, value }))) return;
  if (doubts().length) activate(active);
  else $("#approve").focus();
}

const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);
const parts = (text) => text.split(";").map((part) => part.trim()).filter(Boolean);

async function changed(input) {
  if (input.closest("form") || input.value === input.defaultValue) return;
  const several = input.name.startsWith("recipients_");
  const order = input.closest(".directive");
  if (!order) {
    await correct({ kind: "field", name: input.name, value: several ? lines(input.value) : input.value });
    return;
  }
  const value = input.name === "cooperating" ? parts(input.value) : input.value;
  const was = $("[name=text]", order).defaultValue;
  await correct({ kind: "directive", position: Number(order.dataset.position), was, changes: { [input.name]: value } });
}

async function addDirective(form) {
  const values = Object.fromEntries(new FormData(form));
  const changes = { ...values, cooperating: parts(values.cooperating) };
  await correct({ kind: "directive", position: null, page: scan.page(), changes });
}

async function removeDirective(order) {
  const was = $("[name=text]", order).defaultValue;
  await correct({ kind: "directive", position: Number(order.dataset.position), was, changes: null });
}

async function undo(uid) {
  if (await send("undo", { uid })) await reload();
}

async function approve() {
  const told = await send("approval", {});
  if (told) location.assign(told.next);
}

// ---- keys ----

const onKey = {
  j: () => activate(active + 1),
  k: () => activate(active - 1),
  a: approve,
  n: () => $("#after").click(),
  p: () => $("#before").click(),
  w: () => scan.nextDoubtfulWord(1),
  b: () => scan.nextDoubtfulWord(-1),
  ArrowLeft: () => scan.turn(-1),
  ArrowRight: () => scan.turn(1),
  "+": () => scan.zoom(1.25),
  "-": () => scan.zoom(0.8),
  u: () => { const last = $(".history [data-undo]"); if (last) undo(last.dataset.undo); },
  e: () => { const input = $(".doubt.active input") ?? $(".field input"); input?.focus(); if (input?.value.startsWith("/")) input.setSelectionRange(0, 0); else input?.select(); },
  "/": () => location.assign("/search"),
  "?": () => { $(".keys").open = true; $(".keys").scrollIntoView(); },
};

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
  const writing = event.target.matches("input, textarea");
  if (event.key === "Escape") { scan.closeEditor(); event.target.blur?.(); activate(active); return; }
  if (writing) {
    if (event.key === "Enter" && event.target.closest(".field, article.directive") && !event.shiftKey) {
      event.preventDefault();
      event.target.blur();
    }
    return;
  }
  if (/^[1-9]$/.test(event.key)) {
    const card = doubts()[active];
    const choice = card && all(".choices button", card)[Number(event.key) - 1];
    if (choice) { event.preventDefault(); decide(card, choice.dataset.value); }
    return;
  }
  const action = onKey[event.key];
  if (action) { event.preventDefault(); action(); }
}

// ---- start ----

function startDesk() {
  scan = startScan(desk, { correct, ready: drawCrops });
  const panel = $("#panel");
  panel.addEventListener("click", (event) => {
    const choice = event.target.closest(".choices button");
    if (choice) decide(choice.closest(".doubt"), choice.dataset.value);
    else if (event.target.dataset.undo) undo(event.target.dataset.undo);
    else if (event.target.matches("[data-remove]")) removeDirective(event.target.closest(".directive"));
  });
  panel.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target.id === "new-directive") addDirective(event.target);
    else decide(event.target.closest(".doubt"), event.target.elements.value.value);
  });
  panel.addEventListener("change", (event) => changed(event.target));
  panel.addEventListener("focusin", (event) => {
    const card = event.target.closest(".doubt");
    if (card && doubts().indexOf(card) !== active) activate(doubts().indexOf(card), false);
    const place = event.target.closest(".field, .directive");
    if (place) scan.showPlace(place.dataset);
  });
  $("#approve").addEventListener("click", approve);
  all(".tabs button").forEach((tab) => tab.addEventListener("click", () => {
    desk.dataset.show = tab.dataset.show;
    all(".tabs button").forEach((one) => one.toggleAttribute("aria-current", one === tab));
    scan.showAgain();
  }));
  document.addEventListener("keydown", pressed);
  if (doubts().length) activate(0);
}

function startList() {
  const entries = all("a.entry");
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input")) return;
    const place = entries.indexOf(document.activeElement);
    if (event.key === "/") { event.preventDefault(); $(".find input")?.focus(); }
    if (event.key === "j") entries[Math.min(place + 1, entries.length - 1)]?.focus();
    if (event.key === "k") entries[Math.max(place - 1, 0)]?.focus();
  });
  if (location.pathname === "/search" && !$(".find input").value) $(".find input").focus();
  else entries[0]?.focus({ preventScroll: true });
}

if (desk) startDesk();
else startList();
