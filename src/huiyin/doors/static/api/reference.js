"use strict";

// Starts the page of the API's reference; nothing is fetched from any other host.
const place = document.getElementById("reference");

window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.description,
  deepLinking: true,
  validatorUrl: null,
  requestInterceptor(request) {
    // A key for every try, so that trying an operation needs one field less.
    if (request.method === "POST" && !request.headers["Idempotency-Key"]) {
      request.headers["Idempotency-Key"] = crypto.getRandomValues(new Uint32Array(4)).join("-");
    }
    return request;
  },
});
