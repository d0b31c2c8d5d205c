// Not found: this script was found at some depth above; home is where it lies.
{
  const home = document.getElementById("home");
  home.href = new URL("../index.html", document.currentScript.src);
}
