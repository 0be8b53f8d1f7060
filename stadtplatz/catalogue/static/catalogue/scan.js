// Scanning a barcode with the camera, or from a photo of it. Until the button is pressed nothing is loaded and no camera is asked for.
"use strict";

const KINDS = ["ean_13", "ean_8", "upc_a"];
const EVERY = 120;
const UNSEEN_AFTER = 12000;

// Asks the browser's own detector where there is one, and our reader otherwise and after it.
async function makeReader(address) {
  const own = await import(address);
  const kinds = "BarcodeDetector" in window ? await BarcodeDetector.getSupportedFormats().catch(() => []) : [];
  const detector = kinds.includes("ean_13") ? new BarcodeDetector({ formats: KINDS.filter((kind) => kinds.includes(kind)) }) : null;
  const canvas = document.createElement("canvas"), paper = canvas.getContext("2d", { willReadFrequently: true });
  return async (source, wide, high, most, heights) => {
    const seen = detector ? await detector.detect(source).catch(() => []) : [];
    if (seen.length) return seen[0].rawValue;
    const scale = Math.min(1, most / Math.max(wide, high));
    canvas.width = Math.round(wide * scale);
    canvas.height = Math.round(high * scale);
    paper.drawImage(source, 0, 0, canvas.width, canvas.height);
    const { data } = paper.getImageData(0, 0, canvas.width, canvas.height);
    const grey = new Uint8Array(data.length / 4);
    for (let at = 0; at < grey.length; at++) grey[at] = (data[4 * at] * 3 + data[4 * at + 1] * 6 + data[4 * at + 2]) / 10;
    return own.read(grey, canvas.width, canvas.height, heights ?? own.MIDDLE);
  };
}

function offer(box) {
  const field = document.getElementById(box.dataset.field), dialog = box.querySelector("dialog");
  const video = dialog.querySelector("video"), picture = dialog.querySelector("[data-picture]"), said = dialog.querySelector("[data-said]");
  const photo = dialog.querySelector("input[type=file]");
  let reader = null, stream = null, turn = 0;
  const say = (words) => { said.textContent = words; };

  function stop() {
    turn += 1;
    stream?.getTracks().forEach((track) => track.stop());
    stream = video.srcObject = null;
    picture.hidden = true;
  }

  function found(digits) {
    say(`${box.dataset.found} ${digits}`);
    field.value = digits;
    dialog.close();
    field.form.requestSubmit();
  }

  async function look() {
    stop();
    const mine = turn;
    say(box.dataset.starting);
    try {
      reader ??= await makeReader(box.dataset.bars);
      const camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false });
      if (mine !== turn) return camera.getTracks().forEach((track) => track.stop());
      stream = video.srcObject = camera;
      picture.hidden = false;
      await video.play();
    } catch (trouble) {
      if (mine !== turn) return;
      stop();
      return say(trouble.name === "NotAllowedError" ? box.dataset.refused : box.dataset.without);
    }
    say(box.dataset.looking);
    const since = performance.now();
    let told = false;
    const again = async () => {
      if (mine !== turn) return;
      const digits = video.videoWidth ? await reader(video, video.videoWidth, video.videoHeight, 800) : "";
      if (mine !== turn) return;
      if (digits) return found(digits);
      if (!told && performance.now() - since > UNSEEN_AFTER) { told = true; say(box.dataset.unseen); }
      setTimeout(again, EVERY);
    };
    again();
  }

  async function lookAt(file) {
    stop();
    const mine = turn;
    say(box.dataset.starting);
    try {
      reader ??= await makeReader(box.dataset.bars);
      const { EVERYWHERE } = await import(box.dataset.bars);
      const image = await createImageBitmap(file);
      for (const most of [1600, 1000, 640]) {
        const digits = await reader(image, image.width, image.height, most, EVERYWHERE);
        if (mine !== turn) return;
        if (digits) return found(digits);
      }
      say(box.dataset.nothing);
    } catch {
      say(box.dataset.nothing);
    }
  }

  box.hidden = false;
  box.querySelector("[data-open]").addEventListener("click", () => { dialog.showModal(); look(); });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", stop);
  photo.addEventListener("change", () => { if (photo.files[0]) lookAt(photo.files[0]); photo.value = ""; });
}

document.querySelectorAll("[data-scan]").forEach(offer);
