// On the road: asks for the position only when somebody presses a button that needs it.
"use strict";

document.querySelector("[data-here]")?.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.matches("[data-here-needed]") || !navigator.geolocation) return;
  event.preventDefault();
  const go = (position) => {
    const address = new URL(location.pathname, location.origin);
    address.searchParams.set("weg", button.value);
    if (position) {
      address.searchParams.set("lon", position.coords.longitude.toFixed(6));
      address.searchParams.set("lat", position.coords.latitude.toFixed(6));
    }
    location.assign(address);
  };
  navigator.geolocation.getCurrentPosition(go, () => go(null), { timeout: 8000, maximumAge: 60_000 });
});
