"use client";

import ErrorPage from "@/app/(en)/error";

export default ErrorPage;
