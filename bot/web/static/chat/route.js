// Which conversation is open: the address's hash, so that the phone's Back works. On a desk one is always open.
import { byId } from "./dom.js";

const hashChat = () => decodeURIComponent(location.hash.match(/^#chat\/(.+)$/)?.[1] ?? "") || null;

export class Route {
  /** changed(); focusList(id); focusBox() */
  constructor(acts) {
    this.acts = acts;
    this.wide = window.matchMedia("(min-width: 760px)");
    this.chat = hashChat();
    this.cameFromList = false;
    window.addEventListener("hashchange", () => this.moved());
    this.wide.addEventListener("change", () => this.acts.changed());
    byId("back").addEventListener("click", () => this.back());
    byId("conversations").addEventListener("click", (event) => {
      // A tap on the open one changes no hash, but the person still wants to be there.
      const link = event.target.closest("a");
      if (link?.hash === location.hash) this.arrive();
    });
    this.show();
  }

  /** True when the messages can be seen, not only the list. */
  get inTalk() {
    return this.wide.matches || byId("app").dataset.view === "talk";
  }

  /** Once the chats are known: a wrong hash leads to the list; a desk opens the first. */
  settle(chats) {
    if (!chats.size) return;
    if (this.chat && !chats.has(this.chat)) {
      this.chat = null;
      history.replaceState(null, "", location.pathname + location.search);
    }
    if (!this.chat && this.wide.matches) this.chat = chats.keys().next().value;
    this.show();
  }

  show() {
    // A conversation opened by a desk of its own accord is not what a phone should come back to.
    byId("app").dataset.view = hashChat() ? "talk" : "list";
  }

  moved() {
    const before = this.chat;
    const next = hashChat();
    this.cameFromList = Boolean(next) && byId("app").dataset.view === "list";
    this.chat = next;
    this.show();
    this.acts.changed();
    if (next) this.arrive();
    else if (!this.wide.matches) requestAnimationFrame(() => this.acts.focusList(before));
  }

  /** After the picture is drawn: a keyboard that pops up at once would hide the messages on a phone. */
  arrive() {
    requestAnimationFrame(() => (this.wide.matches ? this.acts.focusBox() : byId("talk-title").focus()));
  }

  back() {
    if (this.cameFromList) {
      history.back();
      return;
    }
    history.replaceState(null, "", location.pathname + location.search);
    this.moved();
  }
}
