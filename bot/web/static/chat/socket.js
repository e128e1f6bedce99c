// The WebSocket: opens, opens again with growing pauses, and tells a lost line from a refused one.

const PAUSES = [500, 1000, 2000, 4000, 8000, 15000, 30000];
const PATIENCE = 10000;   // a handshake that takes longer is given up

export class Connection {
  /** handlers: frame(object), state("connecting" | "open" | "offline" | "no_session" | "refused"), unknownPerson() */
  constructor(handlers) {
    this.handlers = handlers;
    this.socket = null;
    this.person = null;
    this.tries = 0;
    this.timer = 0;
    this.wasOpen = false;
    window.addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
  }

  get open() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** Starts anew as this person (null: whoever the server says we are). */
  connect(person) {
    this.person = person;
    this.wasOpen = false;
    this.tries = 0;
    this.start();
  }

  send(frame) {
    if (!this.open) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** Lets go of a line that no longer answers. */
  again() {
    this.lost();
  }

  address(scheme) {
    const query = this.person ? `?as=${encodeURIComponent(this.person)}` : "";
    return `${scheme}//${location.host}/ws${query}`;
  }

  start() {
    clearTimeout(this.timer);
    this.drop();
    this.handlers.state(this.wasOpen || this.tries ? "offline" : "connecting");
    const socket = new WebSocket(this.address(location.protocol === "https:" ? "wss:" : "ws:"));
    this.socket = socket;
    let greeted = false;
    const patience = setTimeout(() => this.socket === socket && !greeted && this.lost(), PATIENCE);
    socket.addEventListener("message", (event) => {
      if (this.socket !== socket) return;   // a frame for the person we no longer are
      let frame;
      try {
        frame = JSON.parse(event.data);
      } catch {
        return;
      }
      if (!greeted) {
        greeted = true;
        clearTimeout(patience);
        this.wasOpen = true;
        this.tries = 0;
        this.handlers.state("open");
      }
      this.handlers.frame(frame);
    });
    socket.addEventListener("close", () => {
      clearTimeout(patience);
      if (this.socket === socket) this.lost(!greeted);
    });
  }

  drop() {
    const old = this.socket;
    this.socket = null;
    // One that is still opening would complain in the console; whoever walks through the people with the arrow keys makes many.
    if (old?.readyState === WebSocket.CONNECTING) old.addEventListener("open", () => old.close());
    else old?.close();
  }

  async lost(inHandshake = false) {
    this.drop();
    this.handlers.state("offline");
    // A script is not told why a handshake failed, so the same address is asked over plain HTTP.
    const person = this.person;
    const verdict = inHandshake ? await this.reason() : null;
    if (this.socket || person !== this.person) return;   // meanwhile somebody connected
    if (verdict === "person") {
      this.person = null;
      this.handlers.unknownPerson();
    } else if (verdict) {
      this.handlers.state(verdict);
      return;
    }
    const pause = PAUSES[Math.min(this.tries, PAUSES.length - 1)];
    this.tries += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.start(), pause * (0.75 + Math.random() / 2));
  }

  async reason() {
    try {
      const { status } = await fetch(this.address(location.protocol), { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
      if (status === 401) return this.person ? "person" : "no_session";
      if (status === 403) return "refused";
      if (status === 404 && this.person) return "person";
    } catch { /* the server is not there: go on trying */ }
    return null;
  }

  hurry() {
    if (this.socket || !this.timer) return;
    this.tries = 0;
    this.start();
  }
}
