// Not found: this script was found at some depth above; home is where it lies.
{
  const home = /** @type {HTMLAnchorElement} */ (document.getElementById("home"));
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  home.href = new URL("../index.html", src).href;
}
