// The page's head: the language, who one is, the state of the line; and the notices above the box.
import { byId, el, recall, remember, setText } from "./dom.js";
import { language, pick, say } from "./i18n.js";

const PATIENCE = 600;      // ms before the page admits that it is still connecting
const NOTICE = 12000;      // ms a notice stays

export class Head {
  /** acts: language("zh" | "en"), person(id) */
  constructor(acts) {
    this.select = byId("person");   // only on a sample
    this.own = byId("own-name");    // only on a real deployment
    this.status = byId("status");
    this.state = "connecting";
    this.shown = "";
    byId("language").addEventListener("click", () => acts.language(language() === "zh" ? "en" : "zh"));
    this.select?.addEventListener("change", () => {
      this.keepPerson(this.select.value);
      acts.person(this.select.value);
    });
    byId("skip").addEventListener("click", (event) => {
      event.preventDefault();   // the hash belongs to the chats
      const target = [byId("composer"), byId("list-title")].find((node) => node.getClientRects().length);
      target?.focus();
    });
  }

  /** The address wins, so that two tabs can be two people; then what this tab was before. */
  startPerson() {
    if (!this.select) return null;
    return new URLSearchParams(location.search).get("as") || recall("sessionStorage", "as") || null;
  }

  keepPerson(id) {
    remember("sessionStorage", "as", id);
    const address = new URL(location.href);
    if (address.searchParams.get("as") === id) return;
    address.searchParams.set("as", id);
    history.replaceState(history.state, "", address);
  }

  people(state) {
    const button = byId("language");
    setText(button, say("other_language"));
    button.lang = language() === "zh" ? "en" : "zh-CN";
    if (this.own) setText(this.own, pick(state.myName()));
    if (!this.select || !state.me) return;
    const stamp = `${language()} ${JSON.stringify(state.people)}`;
    if (this.shown !== stamp) {
      this.shown = stamp;
      this.select.replaceChildren(...state.people.map((person) => el("option", { value: person.id,
        text: [pick(person.name), pick(person.role), pick(person.place)].filter(Boolean).join(" · ") })));
    }
    if (this.select.value !== state.me) this.select.value = state.me;
    this.keepPerson(state.me);
  }

  line(state) {
    this.state = state;
    this.status.dataset.state = state;
    clearTimeout(this.timer);
    if (state === "connecting") this.timer = setTimeout(() => this.admit("connecting"), PATIENCE);
    else this.admit(state);
  }

  admit(state) {
    setText(this.status, state === "open" ? "" : say(state));
  }

  /** What went wrong, politely; it goes by itself. */
  notice(text) {
    clearTimeout(this.noticeTimer);
    setText(byId("notice"), text);
    if (text) this.noticeTimer = setTimeout(() => setText(byId("notice"), ""), NOTICE);
  }
}
