// The two dialogs: a location card, and a picture in full size. Both are native <dialog>s: Esc and the way back of the
// focus come with them.
import { byId, el } from "./dom.js";
import { language } from "./i18n.js";

const PLACES = [
  { zh: "哈尔滨", en: "Harbin", latitude: 45.8, longitude: 126.53 },
  { zh: "深圳", en: "Shenzhen", latitude: 22.54, longitude: 114.06 },
  { zh: "北京", en: "Beijing", latitude: 39.9, longitude: 116.4 },
];

export class LocationDialog {
  /** send(latitude, longitude) */
  constructor(send) {
    this.dialog = byId("place-dialog");
    this.latitude = byId("latitude");
    this.longitude = byId("longitude");
    byId("place").addEventListener("click", () => this.open());
    byId("place-cancel").addEventListener("click", () => this.dialog.close());
    byId("place-form").addEventListener("submit", (event) => {
      event.preventDefault();   // the browser has checked the numbers by now
      this.dialog.close();
      send(this.latitude.valueAsNumber, this.longitude.valueAsNumber);
    });
  }

  open() {
    byId("presets").replaceChildren(...PLACES.map((place) => el("button", {
      class: "plain", type: "button", text: place[language()],
      onclick: () => {
        this.latitude.value = place.latitude;
        this.longitude.value = place.longitude;
        byId("place-send").focus();
      } })));
    this.dialog.showModal();
  }
}

export class PictureDialog {
  constructor() {
    this.dialog = byId("picture-dialog");
    this.image = byId("picture-large");
    byId("picture-close").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
  }

  open(url, alt) {
    this.image.src = url;
    this.image.alt = alt;
    this.dialog.showModal();
  }
}

