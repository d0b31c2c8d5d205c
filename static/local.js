// A classic script, for modules do not run from files: says so where a page was opened without a server.
if (location.protocol === "file:") document.documentElement.classList.add("from-file");
