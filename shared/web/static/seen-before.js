// While a name or a telephone is typed: whether that person was put forward before. The check page says it again.

const place = document.querySelector("[data-seen-before]");
const boxes = ["name", "phone"].map(name => place?.closest("form").elements[name]);
let asked = "";
let waiting;

async function ask() {
  const typed = new URLSearchParams(boxes.map(box => [box.name, box.value.trim()]));
  if (String(typed) === asked || boxes.every(box => box.value.trim().length < 4)) return;
  asked = String(typed);
  try {
    const answer = await fetch("/de-cu/da-de-cu", { method: "POST", body: typed, redirect: "error" });
    if (answer.ok && String(typed) === asked) place.innerHTML = await answer.text(); // our own page's part
  } catch {
    asked = ""; // without a network there is no hint; the commune looks again
  }
}

boxes.forEach(box => box?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, 700);
}));
if (place) ask();
