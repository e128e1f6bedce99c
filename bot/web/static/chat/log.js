// The list of messages of the open chat: what is shown, in which order, and where it is scrolled to.
import { byId, el, setText } from "./dom.js";
import { TRY, dayKey, dayName, language, pick, say } from "./i18n.js";
import { MessageView } from "./messages.js";

const NEAR = 60;                  // px from the end that still count as being at the end
const AT_ONCE = 50;               // new messages built per frame, the newest first: a burst must not hold up typing
const TOGETHER = 5 * 60 * 1000;   // messages of one sender within this time stand together

export class Log {
  /** acts: those of MessageView, and fill(text), read(), leave(), more(): draw again, there is more to build */
  constructor(acts) {
    this.acts = { ...acts, jump: (id) => this.jump(id) };
    this.scroller = byId("log");
    this.inner = byId("log-inner");
    this.more = byId("new-messages");
    this.views = new Map();   // key → MessageView
    this.days = new Map();    // day → separator
    this.chat = null;
    this.atEnd = true;
    this.currentKey = null;
    this.empty = el("div", { class: "empty" });
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.scroller.addEventListener("keydown", (event) => this.walk(event));
    this.scroller.addEventListener("focusin", (event) => this.makeCurrent(event.target.closest(".message")));
    this.more.addEventListener("click", () => {
      this.scroller.focus({ preventScroll: true });
      this.toEnd();
    });
    // Pictures that load, a keyboard that opens, text that is edited: whoever was at the end stays there.
    const follow = new ResizeObserver(() => this.atEnd && this.toEnd());
    follow.observe(this.inner);
    follow.observe(this.scroller);
  }

  /** entries: see MessageView.update; ready: the history is there */
  show(chat, entries, ready) {
    if (this.chat !== chat) {
      this.chat = chat;
      this.views.clear();
      this.days.clear();
      this.inner.replaceChildren();
      this.atEnd = true;
      this.more.hidden = true;
    }
    // A whole history is not news: it is not read out.
    const fresh = entries.filter(({ key }) => !this.views.has(key));
    const flood = fresh.length > 5;
    const later = new Set(fresh.slice(0, -AT_ONCE));
    if (later.size) this.acts.more();
    this.scroller.setAttribute("aria-live", flood ? "off" : "polite");

    const wanted = [];
    const keys = new Set();
    const days = new Set();
    let previous = null;
    let arrived = false;
    for (const entry of entries) {
      if (later.has(entry)) continue;
      const at = new Date(entry.message.at);
      const day = dayKey(at);
      const newDay = !previous || dayKey(new Date(previous.at)) !== day;
      if (newDay && !days.has(day)) {
        days.add(day);
        wanted.push(this.day(day, at));
      }
      entry.follows = !newDay && previous.from.id === entry.message.from.id && at - new Date(previous.at) < TOGETHER;
      let view = this.views.get(entry.key);
      if (!view) {
        view = new MessageView(this.acts);
        this.views.set(entry.key, view);
        arrived = true;
      }
      view.update(entry);
      wanted.push(view.root);
      keys.add(entry.key);
      previous = entry.message;
    }
    for (const key of this.views.keys()) if (!keys.has(key)) this.views.delete(key);
    for (const day of this.days.keys()) if (!days.has(day)) this.days.delete(day);
    if (ready && !entries.length) wanted.push(this.invitation());
    this.place(wanted);
    if (!keys.has(this.currentKey)) this.currentKey = entries.at(-1)?.key ?? null;
    this.views.get(this.currentKey)?.current(true);

    if (this.atEnd) this.toEnd();
    else if (arrived) this.more.hidden = false;
  }

  /** Moves only what stands in the wrong place. */
  place(wanted) {
    const keep = new Set(wanted);
    for (const node of [...this.inner.children]) if (!keep.has(node)) node.remove();
    wanted.forEach((node, index) => {
      const there = this.inner.children[index];
      if (there !== node) this.inner.insertBefore(node, there ?? null);
    });
  }

  day(key, at) {
    if (!this.days.has(key)) this.days.set(key, el("p", { class: "day" }, el("span")));
    const node = this.days.get(key);
    setText(node.firstChild, dayName(at));
    return node;
  }

  invitation() {
    if (this.empty.dataset.language !== language()) {
      this.empty.dataset.language = language();
      this.empty.replaceChildren(el("p", { text: say("empty_title") }), el("div", { class: "tries" },
        ...TRY[language()].map((text) => el("button", { class: "plain", type: "button", "data-testid": "try", text, onclick: () => this.acts.fill(text) }))));
    }
    return this.empty;
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    if (!this.atEnd) return;
    this.more.hidden = true;
    this.acts.read();
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.atEnd = true;
    this.more.hidden = true;
  }

  jump(id) {
    const target = [...this.views.values()].find((view) => view.message.id === id)?.root;
    if (!target) return;
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  }

  makeCurrent(article) {
    if (!article) return;
    for (const [key, view] of this.views) {
      if (view.root === article) this.currentKey = key;
      view.current(view.root === article);
    }
  }

  /** The arrow keys go from message to message. */
  walk(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") this.acts.leave();
    const steps = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    if (!step) return;
    const articles = [...this.inner.querySelectorAll(".message")];
    if (!articles.length) return;
    const here = articles.indexOf(document.activeElement.closest(".message"));
    const start = here >= 0 ? here + step : articles.length - 1;
    const next = articles[Math.max(0, Math.min(articles.length - 1, start))];
    event.preventDefault();
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }
}

/** One line for the list of conversations. */
export function preview(message) {
  if (!message) return say("nothing_yet");
  const text = pick(message.text).replace(/\s+/g, " ").trim();
  return [...text].slice(0, 60).join("") || (message.picture ? say("picture") : message.file?.name ?? "");
}
