/** What a person sees in a browser, tried in Chromium. */
package dev.attune.browser;
