// Photos in a form, <fieldset data-photos="most">: made smaller on the phone, which also drops the place where they
// were taken; shown with their size; put away again. They travel in the fieldset's last file box.
// "photos-changed" says that they are others now; "photos-restore" with files in its detail puts them there.

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

async function shrunk(file, side) {
  if (!file.type.startsWith("image/")) return file;
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const blob = await new Promise(done => canvas.toBlob(done, "image/jpeg", 0.82));
    return blob ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
  } catch {
    return file; // a format this browser cannot read: the server decides
  }
}

function inWords(bytes) {
  const kilobytes = bytes / 1024;
  return kilobytes < 1000 ? Math.ceil(kilobytes) + " KB" : (kilobytes / 1024).toFixed(1).replace(".", ",") + " MB";
}

function watch(box) {
  const words = box.dataset;
  const most = Number(words.photos);
  const [line, list, bar] = [".picked", ".thumbs", "progress"].map(part => box.querySelector(part));
  const boxes = [...box.querySelectorAll("[type=file]")];
  const carrier = boxes.at(-1);
  let chosen = [];

  async function add(files) {
    const taken = files.slice(0, most - chosen.length);
    bar.max = taken.length;
    bar.hidden = false;
    for (const [number, file] of taken.entries()) {
      bar.value = number;
      line.textContent = fill(words.shrinking, { n: number + 1, total: taken.length });
      chosen.push(await shrunk(file, Number(words.side)));
    }
    bar.hidden = true;
    put(chosen);
    if (taken.length < files.length) line.textContent = fill(words.tooMany, { n: most });
  }

  function put(files) {
    chosen = files;
    const transfer = new DataTransfer();
    files.forEach(file => transfer.items.add(file));
    boxes.forEach(other => (other.value = ""));
    carrier.files = transfer.files;
    const size = inWords(files.reduce((sum, file) => sum + file.size, 0));
    line.textContent = files.length ? fill(words.chosen, { n: files.length, size }) : "";
    list.replaceChildren(...files.map(shown));
    box.dispatchEvent(new CustomEvent("photos-changed", { bubbles: true }));
  }

  function shown(file, place) {
    const item = document.createElement("li");
    const image = Object.assign(new Image(), { alt: file.name, src: URL.createObjectURL(file) });
    image.addEventListener("load", () => URL.revokeObjectURL(image.src));
    const away = Object.assign(document.createElement("button"), { type: "button", className: "btn quiet", textContent: fill(words.away, { n: place + 1 }) });
    away.addEventListener("click", () => {
      put(chosen.filter(other => other !== file));
      carrier.focus();
    });
    item.append(...(file.type.startsWith("image/") ? [image] : [file.name]), away);
    return item;
  }

  boxes.forEach(input => input.addEventListener("change", () => input.files.length && add([...input.files])));
  box.addEventListener("photos-restore", event => put([...event.detail]));
}

document.querySelectorAll("[data-photos]").forEach(watch);
