// Arrow keys wander through the suggestions below a search box, Escape closes them. Without this script the list is reached with Tab.
export function offer(list) {
  const input = document.getElementById(list.dataset.suggestions);
  const close = () => list.replaceChildren();
  const stops = () => [input, ...list.querySelectorAll("a")];
  list.parentElement.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && list.firstElementChild) {
      event.preventDefault();
      input.focus();
      close();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !list.firstElementChild) return;
    event.preventDefault();
    const all = stops();
    all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
  });
  document.addEventListener("click", (event) => {
    if (!list.parentElement.contains(event.target)) close();
  });
  list.parentElement.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !list.parentElement.contains(event.relatedTarget)) close();
  });
}
