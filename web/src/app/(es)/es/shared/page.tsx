import SharedReportPage, { metadata } from "@/app/(en)/shared/page";

export { metadata };
export default SharedReportPage;
