// Prepares a table page for datasette-write-ui, whose script comes after this one.

// Datasette wraps each row's link together with its own edit buttons; write-ui looks for the bare link.
for (const wrapper of document.querySelectorAll(".row-link-with-actions")) {
  wrapper.replaceWith(wrapper.querySelector("a"));
}

// write-ui says nothing when the server refuses a row, so we do.
function say(message) {
  const box = document.querySelector(".row-editor-message") ?? document.createElement("p");
  box.className = "row-editor-message message-error";
  box.setAttribute("role", "alert");
  box.textContent = `Not saved: ${message}`;
  (document.querySelector(".modal-content") ?? document.body).append(box);
}
window.addEventListener("unhandledrejection", (event) => say(event.reason?.message ?? event.reason));

// Its buttons are symbols without a name.
window.addEventListener("load", () => {
  for (const button of document.querySelectorAll(".row-icon .icon")) {
    const row = button.closest("tr")?.querySelector("td.type-pk a")?.textContent.trim();
    button.setAttribute("aria-label", `Edit or delete row ${row}`);
  }
});
