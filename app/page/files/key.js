// Asks for the API key, once at a time.

export function keyDialog(given) {
  const dialog = document.getElementById("key-dialog");
  const input = document.getElementById("key");
  dialog.addEventListener("close", () => {
    if (input.value) given(input.value);
    input.value = "";
  });
  return () => dialog.open || dialog.showModal();
}
