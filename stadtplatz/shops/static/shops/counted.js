// Tells the town that this shop's page was opened, and whether from the search: two numbers a day, nothing about who.
const counted = document.querySelector("[data-counted]");
const fromSearch = () => {
  try {
    const before = new URL(document.referrer);
    return before.origin === location.origin && /^\/([a-z]{2}\/)?suche\//.test(before.pathname);
  } catch {
    return false;
  }
};
if (counted && navigator.sendBeacon) {
  for (const kind of fromSearch() ? ["view", "search"] : ["view"]) {
    const told = new FormData();
    told.append("kind", kind);
    navigator.sendBeacon(counted.dataset.counted, told);
  }
}
